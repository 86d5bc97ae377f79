import assert from "node:assert/strict";
import type { RegistryChange } from "../../registry/registry-change.js";
import type { ServerRegistry } from "../../registry/server-registry.js";
import { claimed } from "./claimed.js";
import { infoOf } from "./info-of.js";
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
    assert.deepEqual(infoOf(before), fullServer);
    assert.deepEqual(listBefore.map(infoOf), [fullServer]);
    assert.deepEqual(matchBefore?.match, readyMatch);
  });

  test("changing what was given to register() doesn't reach the registry", async (registry) => {
    const input = structuredClone(fullServer);
    await registry.register(input);
    scribbleOn(input);
    assert.deepEqual(infoOf(await registry.get(fullServer.id)), fullServer);
  });

  test("changing what was given to update() doesn't reach the registry", async (registry) => {
    await registry.register(gameServer(fullServer.id));
    const { id, ...change } = structuredClone(fullServer);
    await registry.update(id, change);
    scribbleOn(change);
    assert.deepEqual(infoOf(await registry.get(id)), fullServer);
    const returned = structuredClone({ metadata: fullServer.metadata });
    await registry.update(id, () => returned);
    scribbleOn(returned);
    assert.deepEqual(infoOf(await registry.get(id)), fullServer);
  });

  test("changing what was given to updateMatch() doesn't reach the registry", async (registry) => {
    await registry.register(fullServer);
    for (const match of [structuredClone(readyMatch), structuredClone(readyMatch)]) {
      await registry.updateMatch(fullServer.id, "m1", match);
      await registry.updateMatch(fullServer.id, "m1", () => match);
      scribbleOn(match);
    }
    assert.deepEqual(infoOf(await registry.get(fullServer.id)), fullServer);
  });

  test("changing what was given to a claim doesn't reach the lease", async (registry) => {
    await registry.register(fullServer);
    const request = { mode: "skywars", party: ["dora"], idempotencyKey: "key", where: {} };
    const { lease } = await claimed(registry.claimSeats(request));
    scribbleOn(request);
    assert.deepEqual((await registry.getLease(lease.id))?.party, ["dora"]);
  });

  test("what was given may be frozen", async (registry) => {
    const server = await registry.register(fullServer);
    await registry.register(server);
    await registry.update(fullServer.id, Object.freeze({ metadata: server.metadata }));
    assert.deepEqual(infoOf(await registry.get(fullServer.id)), fullServer);
  });
}

async function everythingHandedOut(registry: ServerRegistry): Promise<[string, unknown][]> {
  return [
    ["register()", await registry.register(fullServer)],
    ["register() with defaults", await registry.register(lobbyServer("lobby"))],
    ["register() of an empty game server", await registry.register(gameServer("empty"))],
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
    ["page()", await registry.page({}, { limit: 1 })],
    ["the last page()", await registry.page({ type: "lobby" })],
    ...(await claimsHandedOut(registry)),
  ];
}

async function claimsHandedOut(registry: ServerRegistry): Promise<[string, unknown][]> {
  const seats = await claimed(
    registry.claimSeats({ mode: "skywars", party: ["dora"], idempotencyKey: "key" }),
  );
  const lobby = await claimed(registry.claimLobby({ seats: 2 }));
  const { id } = seats.lease;
  return [
    ["claimSeats()", seats],
    ["claimSeats() that finds nothing", await registry.claimSeats({ mode: "nothing" })],
    ["claimLobby()", lobby],
    ["claimLobby() that finds nothing", await registry.claimLobby({ mode: "nothing" })],
    ["getLease()", await registry.getLease(id)],
    ["listLeases()", await registry.listLeases("lobby")],
    ["an empty listLeases()", await registry.listLeases("empty")],
    ["extend()", await registry.extend(id, 50_000)],
    ["confirm()", await registry.confirm(id)],
    ["getLease() of a confirmed one", await registry.getLease(id)],
    [
      "claimSeats() with a known key",
      await registry.claimSeats({ mode: "skywars", party: ["dora"], idempotencyKey: "key" }),
    ],
    ["heartbeat()", await registry.heartbeat("lobby")],
    ["heartbeat() with a TTL", await registry.heartbeat("lobby", { ttlMs: 60_000 })],
    ["drain() at its deadline", await registry.drain("lobby", { deadlineMs: 0 })],
    ["undrain()", await registry.undrain("lobby")],
    ["drain()", await registry.drain("empty")],
    ["a change", await firstOf(registry.watch({ from: 0 }))],
    ["a resync", await firstOf(registry.watch({ from: Number.MAX_SAFE_INTEGER }))],
  ];
}

async function firstOf(watch: AsyncIterable<RegistryChange>): Promise<RegistryChange | undefined> {
  for await (const change of watch) return change;
  return undefined;
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
