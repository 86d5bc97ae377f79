import assert from "node:assert/strict";
import type { ServerRegistry } from "../../registry/server-registry.js";
import { expectCode } from "../expect-code.js";
import { waitFor } from "../wait-for.js";
import { claimed } from "./claimed.js";
import { gameServer, lobbyServer, openMatch } from "./sample-server.js";
import type { RegistryTest } from "./suite.js";

const mode = "skywars";

/** What ends a lease that is held on the match `m` of the server `a`. */
const ends: Readonly<Record<string, (registry: ServerRegistry) => unknown>> = {
  "removeMatch()": (registry) => registry.removeMatch("a", "m"),
  "an update() without its match": (registry) => registry.update("a", { matches: {} }),
  "register() without its match": (registry) => registry.register(gameServer("a")),
  "unregister()": (registry) => registry.unregister("a"),
};

export function testLeaseEnds(test: RegistryTest): void {
  test("a claim that nobody confirms gives its seats back by itself", async (registry) => {
    await registry.register(gameServer("a", { matches: { m: openMatch(4) } }));
    const { lease } = await claimed(registry.claimSeats({ mode, seats: 4, ttlMs: 50 }));
    const free = await waitFor("the seats to be free", async () =>
      registry.findReadyMatch(mode, { seats: 4 }),
    );
    assert.equal(free.matchId, "m");
    await expectLeaseGone(registry, lease.id);
    assert.deepEqual(await registry.listLeases("a"), []);
    const next = await claimed(registry.claimSeats({ mode, seats: 4 }));
    assert.ok(next.lease.fencingToken > lease.fencingToken);
  });

  test("a lobby claim that nobody confirms gives its places back by itself", async (registry) => {
    await registry.register(lobbyServer("l", { maxPlayers: 2 }));
    const { lease } = await claimed(registry.claimLobby({ seats: 2, ttlMs: 50 }));
    await waitFor("the places to be free", async () => registry.findLobby({ seats: 2 }));
    await expectLeaseGone(registry, lease.id);
  });

  test("claims get seats that have fallen back, without a find before", async (registry) => {
    await registry.register(gameServer("a", { matches: { m: openMatch(1) } }));
    await claimed(registry.claimSeats({ mode, ttlMs: 50 }));
    await waitFor("the seat", async () => {
      return (await registry.claimSeats({ mode })).state === "claimed";
    });
  });

  test("expiry gives back the seats of the expired lease alone", async (registry) => {
    await registry.register(gameServer("a", { matches: { m: openMatch(4) } }));
    const long = await claimed(registry.claimSeats({ mode }));
    await claimed(registry.claimSeats({ mode, seats: 3, ttlMs: 50 }));
    await waitFor("three free seats", async () => registry.findReadyMatch(mode, { seats: 3 }));
    assert.equal(await registry.findReadyMatch(mode, { seats: 4 }), undefined);
    assert.deepEqual(await registry.listLeases("a"), [long.lease]);
  });

  test("release() gives the seats back, once", async (registry) => {
    const server = await registry.register(gameServer("a", { matches: { m: openMatch(4) } }));
    const { lease } = await claimed(registry.claimSeats({ mode, seats: 4, party: ["ann"] }));
    const answers = await Promise.all(
      Array.from({ length: 10 }, async () => registry.release(lease.id)),
    );
    assert.equal(answers.filter((held) => held).length, 1);
    assert.deepEqual(await registry.get("a"), server);
    await expectLeaseGone(registry, lease.id);
    await claimed(registry.claimSeats({ mode, seats: 4 }));
    assert.equal(await registry.findReadyMatch(mode), undefined);
  });

  test("release() of a confirmed lease is CONFLICT and changes nothing", async (registry) => {
    await registry.register(gameServer("a", { matches: { m: openMatch(4) } }));
    const { lease } = await claimed(registry.claimSeats({ mode }));
    const confirmed = await registry.confirm(lease.id);
    const before = await registry.get("a");
    await expectCode("CONFLICT", () => registry.release(lease.id));
    assert.deepEqual(await registry.get("a"), before);
    assert.deepEqual(await registry.getLease(lease.id), confirmed);
  });

  test("extend() holds the seats longer", async (registry) => {
    await registry.register(gameServer("a", { matches: { m: openMatch(1) } }));
    const { lease } = await claimed(registry.claimSeats({ mode, ttlMs: 1000 }));
    const extended = await registry.extend(lease.id, 60_000);
    assert.ok(extended.expiresAtMs > lease.expiresAtMs);
    assert.deepEqual({ ...extended, expiresAtMs: 0 }, { ...lease, expiresAtMs: 0 });
    await waitFor("the first end to pass", () => Date.now() > lease.expiresAtMs + 100);
    assert.deepEqual(await registry.getLease(lease.id), extended);
    assert.equal(await registry.findReadyMatch(mode), undefined);
    await registry.confirm(lease.id);
  });

  test("extend() can make the time shorter", async (registry) => {
    await registry.register(gameServer("a", { matches: { m: openMatch(1) } }));
    const { lease } = await claimed(registry.claimSeats({ mode, ttlMs: 60_000 }));
    assert.ok((await registry.extend(lease.id, 50)).expiresAtMs < lease.expiresAtMs);
    await waitFor("the seat to be free", async () => registry.findReadyMatch(mode));
  });

  test("extend() of a confirmed lease is CONFLICT", async (registry) => {
    await registry.register(gameServer("a", { matches: { m: openMatch(1) } }));
    const { lease } = await claimed(registry.claimSeats({ mode }));
    const confirmed = await registry.confirm(lease.id);
    await expectCode("CONFLICT", () => registry.extend(lease.id, 60_000));
    assert.deepEqual(await registry.getLease(lease.id), confirmed);
  });

  for (const [what, end] of Object.entries(ends)) {
    test(`${what} ends the claims on it`, async (registry) => {
      await registry.register(gameServer("a", { matches: { m: openMatch(4) } }));
      await registry.register(gameServer("b", { matches: { m: openMatch(4) } }));
      const { lease } = await claimed(registry.claimSeats({ mode, seats: 4 }));
      const other = await claimed(registry.claimSeats({ mode, seats: 4 }));
      await end(registry);
      await expectLeaseGone(registry, lease.id);
      assert.deepEqual(await registry.listLeases("b"), [other.lease]);
      await registry.register(gameServer("a", { matches: { m: openMatch(4) } }));
      const next = await claimed(registry.claimSeats({ mode, seats: 4 }));
      assert.equal(next.server.id, "a");
      await expectCode("NOT_FOUND", () => registry.confirm(lease.id));
    });
  }

  test("changes of a match and its server keep the claims", async (registry) => {
    await registry.register(gameServer("a", { matches: { m: openMatch(4) } }));
    const { lease } = await claimed(registry.claimSeats({ mode, seats: 4 }));
    await registry.updateMatch("a", "m", openMatch(5));
    await registry.updateMatch("a", "m", { status: "busy", need: 5 });
    await registry.updateMatch("a", "other", openMatch(1));
    await registry.update("a", { matches: { m: openMatch(5) }, players: 1 });
    assert.deepEqual(await registry.listLeases("a"), [lease]);
    assert.equal(await registry.findReadyMatch(mode, { seats: 2 }), undefined);
    await registry.confirm(lease.id);
    assert.equal((await registry.get("a"))?.matches["m"]?.need, 1);
  });

  test("a lobby that is unregistered ends the claims on it", async (registry) => {
    await registry.register(lobbyServer("l", { maxPlayers: 2 }));
    const { lease } = await claimed(registry.claimLobby({ seats: 2 }));
    await registry.unregister("l");
    await expectLeaseGone(registry, lease.id);
    await registry.register(lobbyServer("l", { maxPlayers: 2 }));
    await claimed(registry.claimLobby({ seats: 2 }));
  });
}

async function expectLeaseGone(registry: ServerRegistry, id: string): Promise<void> {
  assert.equal(await registry.getLease(id), undefined);
  await expectCode("NOT_FOUND", () => registry.confirm(id));
  await expectCode("NOT_FOUND", () => registry.extend(id, 1000));
  assert.equal(await registry.release(id), false);
}
