import assert from "node:assert/strict";
import type { SeatRequestInput } from "../../registry/claim.js";
import { expectCode } from "../expect-code.js";
import { waitFor } from "../wait-for.js";
import { claimed } from "./claimed.js";
import { gameServer, lobbyServer, openMatch } from "./sample-server.js";
import type { RegistryTest } from "./suite.js";

const request: SeatRequestInput = { mode: "skywars", party: ["ann"], idempotencyKey: "key" };

export function testIdempotencyKeys(test: RegistryTest): void {
  test("the same key and request give the same lease, one after the other", async (registry) => {
    await registry.register(gameServer("a", { matches: { m: openMatch(1) } }));
    const first = await claimed(registry.claimSeats(request));
    assert.deepEqual(await registry.claimSeats({ ...request }), first);
    // With each default written out, and the keys in another order.
    const written = { where: {}, order: "oldest", ttlMs: 30_000, ...request } as const;
    assert.deepEqual(await registry.claimSeats(written), first);
    assert.deepEqual(await registry.listLeases("a"), [first.lease]);
  });

  test("the same key and request give the same lease, many at once", async (registry) => {
    await registry.register(gameServer("a", { matches: { m: openMatch(50) } }));
    await registry.register(gameServer("b", { matches: { m: openMatch(50) } }));
    const claims = await Promise.all(
      Array.from({ length: 50 }, async () => claimed(registry.claimSeats(request))),
    );
    assert.equal(new Set(claims.map(({ lease }) => lease.id)).size, 1);
    assert.equal((await registry.listLeases("a")).length, 1);
    assert.equal((await registry.listLeases("b")).length, 0);
  });

  test("the same key and request give a confirmed lease again, with the server as it is now", async (registry) => {
    await registry.register(gameServer("a", { matches: { m: openMatch(2) } }));
    const { lease } = await claimed(registry.claimSeats(request));
    const confirmed = await registry.confirm(lease.id);
    const again = await claimed(registry.claimSeats(request));
    assert.deepEqual(again.lease, confirmed);
    assert.deepEqual(again.match, openMatch(1, ["ann"]));
    assert.deepEqual(again.server, await registry.get("a"));
  });

  test("the key of another request is CONFLICT and claims nothing", async (registry) => {
    await registry.register(gameServer("a", { matches: { m: openMatch(8) } }));
    await registry.register(lobbyServer("l"));
    const { lease } = await claimed(registry.claimSeats(request));
    for (const other of [
      { seats: 2 },
      { party: ["bob"] },
      { party: [] },
      { mode: "survival" },
      { ttlMs: 29_999 },
      { order: "fullest" },
      { where: { labels: { region: "eu" } } },
    ] as const) {
      await expectCode("CONFLICT", () => registry.claimSeats({ ...request, ...other }));
    }
    await expectCode("CONFLICT", () => registry.claimLobby(request));
    assert.deepEqual(await registry.listLeases("a"), [lease]);
    assert.deepEqual(await registry.listLeases("l"), []);
  });

  test("the order of the party is no other request", async (registry) => {
    await registry.register(gameServer("a", { matches: { m: openMatch(8) } }));
    const first = await claimed(registry.claimSeats({ ...request, party: ["ann", "bob"] }));
    const again = await claimed(registry.claimSeats({ ...request, party: ["bob", "ann"] }));
    assert.deepEqual(again, first);
    assert.deepEqual(first.lease.party, ["ann", "bob"]);
    await expectCode("CONFLICT", () => registry.claimSeats({ ...request, party: ["bob", "cleo"] }));
  });

  test("the key of another request is CONFLICT with the field", async (registry) => {
    await registry.register(gameServer("a", { matches: { m: openMatch(8) } }));
    await claimed(registry.claimSeats(request));
    const other = { ...request, ttlMs: 20_000 };
    const error = await expectCode("CONFLICT", () => registry.claimSeats(other));
    assert.equal(error.field, "idempotencyKey");
  });

  test("a claim that found nothing does not use up its key", async (registry) => {
    assert.deepEqual(await registry.claimSeats(request), { state: "none-free" });
    await registry.register(gameServer("a", { matches: { m: openMatch(8) } }));
    await claimed(registry.claimSeats({ ...request, seats: 2 }));
  });

  test("a released lease's key is free again, for another request too", async (registry) => {
    await registry.register(gameServer("a", { matches: { m: openMatch(2) } }));
    const first = await claimed(registry.claimSeats(request));
    await registry.release(first.lease.id);
    const second = await claimed(registry.claimSeats({ ...request, seats: 2 }));
    assert.notEqual(second.lease.id, first.lease.id);
    assert.ok(second.lease.fencingToken > first.lease.fencingToken);
  });

  test("an expired lease's key is free again", async (registry) => {
    await registry.register(gameServer("a", { matches: { m: openMatch(1) } }));
    const { lease } = await claimed(registry.claimSeats({ ...request, ttlMs: 50 }));
    const again = await waitFor("the key to be free", async () => {
      const claim = await registry.claimSeats({ ...request, ttlMs: 50 });
      return claim.state === "claimed" && claim.lease.id !== lease.id && claim;
    });
    assert.equal(again.state, "claimed");
  });

  test("the key of a lease that is gone with its match is free again", async (registry) => {
    await registry.register(gameServer("a", { matches: { m: openMatch(1) } }));
    const { lease } = await claimed(registry.claimSeats(request));
    await registry.removeMatch("a", "m");
    await registry.updateMatch("a", "m", openMatch(2));
    const again = await claimed(registry.claimSeats({ ...request, seats: 2 }));
    assert.notEqual(again.lease.id, lease.id);
  });

  test("claims without a key are each one of their own", async (registry) => {
    await registry.register(gameServer("a", { matches: { m: openMatch(2) } }));
    const { idempotencyKey, ...plain } = request;
    const [one, two] = [await registry.claimSeats(plain), await registry.claimSeats(plain)];
    assert.notDeepEqual(one, two);
    assert.equal((await registry.listLeases("a")).length, 2);
  });

  test("the same key gives the same lobby lease", async (registry) => {
    await registry.register(lobbyServer("l", { maxPlayers: 1 }));
    const first = await claimed(registry.claimLobby({ idempotencyKey: "key" }));
    assert.deepEqual(await registry.claimLobby({ idempotencyKey: "key" }), first);
    await expectCode("CONFLICT", () => registry.claimLobby({ idempotencyKey: "key", mode: "" }));
    await expectCode("CONFLICT", () => registry.claimSeats(request));
  });
}
