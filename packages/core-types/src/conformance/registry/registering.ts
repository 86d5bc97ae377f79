import assert from "node:assert/strict";
import { infoOf } from "./info-of.js";
import { fullServer, gameServer, lobbyServer } from "./sample-server.js";
import type { RegistryTest } from "./suite.js";

export function testRegistering(test: RegistryTest): void {
  test("register() keeps every field and gives the record back", async (registry) => {
    assert.deepEqual(infoOf(await registry.register(fullServer)), fullServer);
    assert.deepEqual(infoOf(await registry.get(fullServer.id)), fullServer);
  });

  test("register() fills in what may be left out", async (registry) => {
    const server = await registry.register({ id: "a", type: "lobby", host: "10.0.0.1", port: 1 });
    const { mode, players, maxPlayers, matches, metadata, webhookPort } = server;
    assert.deepEqual(
      { mode, players, maxPlayers, matches, metadata, webhookPort },
      { mode: "", players: 0, maxPlayers: 0, matches: {}, metadata: {}, webhookPort: undefined },
    );
  });

  test("register() makes the host canonical", async (registry) => {
    const mapped = await registry.register(gameServer("a", { host: "::FFFF:10.0.0.7" }));
    const v6 = await registry.register(gameServer("b", { host: "[FD00:0::1]" }));
    const name = await registry.register(gameServer("c", { host: "Game-1.Internal" }));
    assert.deepEqual(
      [mapped, v6, name].map((server) => server.host),
      ["10.0.0.7", "fd00::1", "game-1.internal"],
    );
  });

  test("register() replaces a server with the same id, its matches included", async (registry) => {
    await registry.register(fullServer);
    const next = lobbyServer(fullServer.id, { metadata: { region: "us" } });
    await registry.register(next);
    const server = await registry.get(fullServer.id);
    assert.equal(server?.type, "lobby");
    assert.equal(server.webhookPort, undefined);
    assert.deepEqual(server.matches, {});
    assert.deepEqual(server.metadata, { region: "us" });
    assert.equal((await registry.list()).length, 1);
  });

  test("register() takes back a record that the registry gave", async (registry) => {
    await registry.register(fullServer);
    const server = await registry.get(fullServer.id);
    assert.ok(server !== undefined);
    assert.deepEqual(infoOf(await registry.register(server)), infoOf(server));
  });

  test("two servers may have one address", async (registry) => {
    await registry.register(gameServer("a"));
    await registry.register(gameServer("b"));
    assert.equal((await registry.list()).length, 2);
  });

  test("get() gives undefined for an unknown id", async (registry) => {
    assert.equal(await registry.get("nobody"), undefined);
    await registry.register(gameServer("a"));
    assert.equal(await registry.get("nobody"), undefined);
  });

  test("unregister() says whether there was a server and removes it alone", async (registry) => {
    await registry.register(gameServer("a"));
    await registry.register(gameServer("b"));
    assert.equal(await registry.unregister("a"), true);
    assert.equal(await registry.unregister("a"), false);
    assert.equal(await registry.unregister("nobody"), false);
    assert.equal(await registry.get("a"), undefined);
    assert.deepEqual(
      (await registry.list()).map((server) => server.id),
      ["b"],
    );
  });

  test("an unregistered server comes back without its old matches", async (registry) => {
    await registry.register(fullServer);
    await registry.unregister(fullServer.id);
    const server = await registry.register(gameServer(fullServer.id));
    assert.deepEqual(server.matches, {});
    assert.equal(await registry.findReadyMatch("skywars"), undefined);
  });
}
