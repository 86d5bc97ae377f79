import assert from "node:assert/strict";
import type { ServerRegistry } from "../../registry/server-registry.js";
import { gameServer, lobbyServer, readyMatch } from "./sample-server.js";
import type { RegistryTest } from "./suite.js";

/** Neither rising nor falling, and two of them are what JavaScript sorts first as keys. */
const ids = ["m", "10", "z", "2", "a"];

export function testOrdering(test: RegistryTest): void {
  test("list() is in the order of registration", async (registry) => {
    await registerAll(registry);
    assert.deepEqual(await listedIds(registry), ids);
  });

  test("a server that is registered again keeps its place", async (registry) => {
    await registerAll(registry);
    await registry.register(gameServer("10", { port: 9 }));
    await registry.register(gameServer("m", { port: 9 }));
    assert.deepEqual(await listedIds(registry), ids);
  });

  test("a server that was unregistered comes back last", async (registry) => {
    await registerAll(registry);
    await registry.unregister("m");
    await registry.register(gameServer("m"));
    assert.deepEqual(await listedIds(registry), ["10", "z", "2", "a", "m"]);
  });

  test("a change keeps the server's place", async (registry) => {
    await registerAll(registry);
    await registry.update("z", { players: 8 });
    await registry.update("m", { mode: "survival" });
    await registry.update("m", { mode: "skywars" });
    await registry.updateMatch("2", "m1", readyMatch);
    await registry.removeMatch("2", "m1");
    assert.deepEqual(await listedIds(registry), ids);
    const filtered = await registry.list({ type: "game", mode: "skywars" });
    assert.deepEqual(
      filtered.map((server) => server.id),
      ids,
    );
  });

  test("servers that become ready late are listed and found at their place", async (registry) => {
    await registerAll(registry);
    for (const [id, first] of [
      ["2", "2"],
      ["a", "2"],
      ["10", "10"],
      ["m", "m"],
      ["z", "m"],
    ] as const) {
      await registry.updateMatch(id, "m1", readyMatch);
      assert.equal((await registry.findReadyMatch("skywars"))?.server.id, first);
    }
    const ready = await registry.list({ hasReadyMatch: true });
    assert.deepEqual(
      ready.map((server) => server.id),
      ids,
    );
  });

  test("lobbies that get room late are found at their place", async (registry) => {
    for (const id of ids) await registry.register(lobbyServer(id, { players: 1, maxPlayers: 1 }));
    for (const [id, first] of [
      ["z", "z"],
      ["a", "z"],
      ["m", "m"],
      ["10", "m"],
    ] as const) {
      await registry.update(id, { players: 0 });
      assert.equal((await registry.findLobby())?.id, first);
    }
  });
}

async function registerAll(registry: ServerRegistry): Promise<void> {
  for (const id of ids) await registry.register(gameServer(id));
}

async function listedIds(registry: ServerRegistry): Promise<string[]> {
  return (await registry.list()).map((server) => server.id);
}
