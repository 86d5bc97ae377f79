import assert from "node:assert/strict";
import type { ServerRegistry } from "../../registry/server-registry.js";
import { fullServer, gameServer, lobbyServer, readyMatch } from "./sample-server.js";
import type { RegistryTest } from "./suite.js";

export function testSnapshots(test: RegistryTest): void {
  test("everything that is handed out is frozen, through and through", async (registry) => {
    for (const [what, value] of await everythingHandedOut(registry)) {
      assert.equal(unfrozenPlace(value, what), undefined);
    }
  });

  test("what an update function is given is frozen", async (registry) => {
    await registry.register(fullServer);
    await registry.update(fullServer.id, (server) => {
      assert.equal(unfrozenPlace(server, "server"), undefined);
      return {};
    });
    await registry.updateMatch(fullServer.id, "m1", (match) => {
      assert.equal(unfrozenPlace(match, "match"), undefined);
      return readyMatch;
    });
  });

  test("a snapshot stays as it was when the registry changes", async (registry) => {
    await registry.register(fullServer);
    const before = await registry.get(fullServer.id);
    const listBefore = await registry.list();
    const matchBefore = await registry.findReadyMatch("skywars");
    await registry.update(fullServer.id, { players: 8, metadata: {} });
    await registry.updateMatch(fullServer.id, "m1", { status: "busy", need: 0 });
    await registry.register(gameServer("another"));
    await registry.unregister(fullServer.id);
    assert.deepEqual(before, fullServer);
    assert.deepEqual(listBefore, [fullServer]);
    assert.deepEqual(matchBefore?.match, readyMatch);
  });

  test("changing what was given to register() doesn't reach the registry", async (registry) => {
    const input = structuredClone(fullServer);
    await registry.register(input);
    scribbleOn(input);
    assert.deepEqual(await registry.get(fullServer.id), fullServer);
  });

  test("changing what was given to update() doesn't reach the registry", async (registry) => {
    await registry.register(gameServer(fullServer.id));
    const { id, ...change } = structuredClone(fullServer);
    await registry.update(id, change);
    scribbleOn(change);
    assert.deepEqual(await registry.get(id), fullServer);
    const returned = structuredClone({ metadata: fullServer.metadata });
    await registry.update(id, () => returned);
    scribbleOn(returned);
    assert.deepEqual(await registry.get(id), fullServer);
  });

  test("changing what was given to updateMatch() doesn't reach the registry", async (registry) => {
    await registry.register(fullServer);
    for (const match of [structuredClone(readyMatch), structuredClone(readyMatch)]) {
      await registry.updateMatch(fullServer.id, "m1", match);
      await registry.updateMatch(fullServer.id, "m1", () => match);
      scribbleOn(match);
    }
    assert.deepEqual(await registry.get(fullServer.id), fullServer);
  });

  test("what was given may be frozen", async (registry) => {
    const server = await registry.register(fullServer);
    await registry.register(server);
    await registry.update(fullServer.id, Object.freeze({ metadata: server.metadata }));
    assert.deepEqual(await registry.get(fullServer.id), fullServer);
  });
}

async function everythingHandedOut(registry: ServerRegistry): Promise<[string, unknown][]> {
  return [
    ["register()", await registry.register(fullServer)],
    ["register() with defaults", await registry.register(lobbyServer("lobby"))],
    ["get()", await registry.get(fullServer.id)],
    ["get() with defaults", await registry.get("lobby")],
    ["list()", await registry.list()],
    ["list() with a filter", await registry.list({ type: "game", hasReadyMatch: true })],
    ["an empty list()", await registry.list({ mode: "nothing" })],
    ["update()", await registry.update(fullServer.id, { metadata: { a: "b" } })],
    ["updateMatch()", await registry.updateMatch(fullServer.id, "m1", readyMatch)],
    [
      "updateMatch() with defaults",
      await registry.updateMatch("lobby", "m", { status: "ready", need: 1 }),
    ],
    ["get() after changes", await registry.get(fullServer.id)],
    ["findLobby()", await registry.findLobby()],
    ["findReadyMatch()", await registry.findReadyMatch("skywars")],
  ];
}

/** Where a value can be changed: `undefined` where it can't. */
function unfrozenPlace(value: unknown, place: string): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (!Object.isFrozen(value)) return `${place} is not frozen`;
  for (const [key, item] of Object.entries(value)) {
    const inside = unfrozenPlace(item, `${place}.${key}`);
    if (inside !== undefined) return inside;
  }
  return undefined;
}

/** Changes every object and array in the value. */
function scribbleOn(value: object): void {
  for (const item of Object.values(value)) {
    if (typeof item === "object" && item !== null) scribbleOn(item);
  }
  if (Array.isArray(value)) value.push("scribble");
  else Object.assign(value, { players: 77, status: "busy", region: "scribble" });
}
