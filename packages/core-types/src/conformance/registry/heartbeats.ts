import assert from "node:assert/strict";
import type { ServerRegistry } from "../../registry/server-registry.js";
import { expectCode } from "../expect-code.js";
import { waitFor } from "../wait-for.js";
import { claimed } from "./claimed.js";
import { gameServer, idsOf, lobbyServer, openMatch } from "./sample-server.js";
import type { RegistryTest } from "./suite.js";

export function testHeartbeats(test: RegistryTest): void {
  test("a server without a TTL never expires", async (registry) => {
    await registry.register(gameServer("a"));
    const { expiresAtMs } = await registry.heartbeat("a");
    assert.equal(expiresAtMs, undefined);
  });

  test("heartbeat() says when the server expires", async (registry) => {
    await registry.register(gameServer("a"), { ttlMs: 60_000 });
    const first = await registry.heartbeat("a");
    assert.ok(Number.isSafeInteger(first.expiresAtMs));
    const longer = await registry.heartbeat("a", { ttlMs: 120_000 });
    assert.ok((longer.expiresAtMs ?? 0) > (first.expiresAtMs ?? 0) + 30_000);
    const asBefore = await registry.heartbeat("a");
    assert.ok((asBefore.expiresAtMs ?? 0) >= (longer.expiresAtMs ?? 0));
  });

  test("heartbeat() of an unknown server is NOT_FOUND and adds nothing", async (registry) => {
    await expectCode("NOT_FOUND", () => registry.heartbeat("nobody"));
    await expectCode("NOT_FOUND", () => registry.heartbeat("nobody", { ttlMs: 1000 }));
    assert.deepEqual(await registry.list(), []);
  });

  test("a server whose heartbeats stay away expires, and is still there for get()", async (registry) => {
    const server = await registry.register(gameServer("a", { matches: { m: openMatch(4) } }), {
      ttlMs: 50,
    });
    await registry.register(gameServer("b"));
    await expired(registry, "a");
    const after = await registry.get("a");
    assert.deepEqual(after, { ...server, availability: "expired", version: after?.version });
    assert.ok(after.version > server.version);
    assert.deepEqual(idsOf(await registry.list()), ["b"]);
    assert.deepEqual(idsOf(await registry.list({ mode: "skywars" })), ["b"]);
    assert.deepEqual(idsOf((await registry.page()).servers), ["b"]);
    assert.deepEqual(idsOf(await registry.list({ availability: "expired" })), ["a"]);
    assert.deepEqual(await registry.list({ availability: "expired", mode: "none" }), []);
  });

  test("finds lose an expired server by themselves", async (registry) => {
    await registry.register(gameServer("g", { matches: { m: openMatch(4) } }), { ttlMs: 50 });
    await registry.register(lobbyServer("l"), { ttlMs: 50 });
    await waitFor("the match to be found no more", async () => {
      return (await registry.findReadyMatch("skywars")) === undefined;
    });
    await waitFor("the lobby to be found no more", async () => {
      return (await registry.findLobby()) === undefined;
    });
  });

  test("claims and lists lose an expired server by themselves", async (registry) => {
    await registry.register(gameServer("g", { matches: { m: openMatch(1_000_000) } }), {
      ttlMs: 50,
    });
    await waitFor("the claims to end", async () => {
      return (await registry.claimSeats({ mode: "skywars" })).state === "none-free";
    });
    await registry.register(gameServer("h"), { ttlMs: 50 });
    await waitFor("the list to be empty", async () => (await registry.list()).length === 0);
  });

  test("a heartbeat brings an expired server back to its place, with its matches and claims", async (registry) => {
    await registry.register(gameServer("a", { matches: { m: openMatch(4) } }));
    await registry.register(gameServer("b"));
    const { lease } = await claimed(registry.claimSeats({ mode: "skywars", seats: 3 }));
    await registry.heartbeat("a", { ttlMs: 50 });
    await expired(registry, "a");
    await registry.heartbeat("a", { ttlMs: 60_000 });
    const [first, second] = await registry.list();
    assert.deepEqual([first?.id, second?.id], ["a", "b"]);
    assert.equal(first?.availability, "available");
    assert.deepEqual(first.matches, { m: openMatch(4) });
    assert.deepEqual(await registry.listLeases("a"), [lease]);
    assert.equal(await registry.findReadyMatch("skywars", { seats: 2 }), undefined);
    await registry.confirm(lease.id);
  });

  test("heartbeats keep a server alive past its first end", async (registry) => {
    await registry.register(gameServer("a", { matches: { m: openMatch(4) } }), { ttlMs: 1000 });
    const { version } = (await registry.get("a")) ?? assert.fail("the server is not there");
    const { expiresAtMs = 0 } = await registry.heartbeat("a", { ttlMs: 60_000 });
    await waitFor("the first end to pass", () => Date.now() > expiresAtMs - 60_000 + 1100);
    const server = await registry.get("a");
    assert.equal(server?.availability, "available");
    assert.equal(server.version, version);
    assert.equal((await registry.findReadyMatch("skywars"))?.server.id, "a");
  });

  test("register() brings an expired server back", async (registry) => {
    await registry.register(gameServer("a"), { ttlMs: 50 });
    await registry.register(gameServer("b"));
    await expired(registry, "a");
    const server = await registry.register(gameServer("a"), { ttlMs: 60_000 });
    assert.equal(server.availability, "available");
    assert.deepEqual(idsOf(await registry.list()), ["a", "b"]);
  });

  test("register() without a TTL takes the registry's own again", async (registry) => {
    await registry.register(gameServer("a"), { ttlMs: 60_000 });
    await registry.register(gameServer("a"));
    assert.equal((await registry.heartbeat("a")).expiresAtMs, undefined);
  });

  test(
    "a server without a TTL of its own has the registry's",
    async (registry) => {
      await registry.register(gameServer("a"));
      await registry.register(gameServer("b"), { ttlMs: 60_000 });
      assert.ok((await registry.heartbeat("b")).expiresAtMs !== undefined);
      await expired(registry, "a");
      assert.deepEqual(idsOf(await registry.list()), ["b"]);
    },
    { defaultTtlMs: 50 },
  );

  test("changes of an expired server don't bring it back", async (registry) => {
    await registry.register(gameServer("a"), { ttlMs: 50 });
    await expired(registry, "a");
    const changed = await registry.update("a", { players: 1 });
    await registry.updateMatch("a", "m", openMatch(4));
    assert.deepEqual([changed.players, changed.availability], [1, "expired"]);
    assert.equal(await registry.findReadyMatch("skywars"), undefined);
    assert.deepEqual(await registry.list(), []);
  });

  test(
    "an expired server is removed after the grace, with its claims",
    async (registry) => {
      await registry.register(gameServer("a", { matches: { m: openMatch(4) } }));
      const { lease } = await claimed(registry.claimSeats({ mode: "skywars" }));
      await registry.heartbeat("a", { ttlMs: 50 });
      await waitFor("the removal", async () => (await registry.get("a")) === undefined);
      await expectCode("NOT_FOUND", () => registry.heartbeat("a"));
      await expectCode("NOT_FOUND", () => registry.update("a", { players: 1 }));
      await expectCode("NOT_FOUND", () => registry.confirm(lease.id));
      assert.equal(await registry.getLease(lease.id), undefined);
      assert.equal(await registry.unregister("a"), false);
      assert.deepEqual(await registry.list({ availability: "expired" }), []);
      const again = await registry.register(gameServer("a"));
      assert.equal(again.availability, "available");
    },
    { graceMs: 50 },
  );

  test(
    "a server that comes back in its grace is not removed",
    async (registry) => {
      await registry.register(gameServer("a"), { ttlMs: 50 });
      await expired(registry, "a");
      await registry.heartbeat("a", { ttlMs: 60_000 });
      const back = Date.now();
      await waitFor("the grace to pass", () => Date.now() > back + 1200);
      assert.equal((await registry.get("a"))?.availability, "available");
    },
    { graceMs: 1000 },
  );
}

async function expired(registry: ServerRegistry, id: string): Promise<void> {
  await waitFor("the server to expire", async () => {
    return (await registry.get(id))?.availability === "expired";
  });
}
