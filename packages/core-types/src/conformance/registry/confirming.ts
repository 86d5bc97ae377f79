import assert from "node:assert/strict";
import { expectCode } from "../expect-code.js";
import { waitFor } from "../wait-for.js";
import { claimed } from "./claimed.js";
import { fullServer, gameServer, openMatch } from "./sample-server.js";
import type { RegistryTest } from "./suite.js";

const mode = "skywars";

export function testConfirming(test: RegistryTest): void {
  test("confirm() takes the seats: need falls, the players gain the party", async (registry) => {
    const before = await registry.register(fullServer);
    const { lease } = await claimed(registry.claimSeats({ mode, party: ["dora", "emil"] }));
    const confirmed = await registry.confirm(lease.id);
    const { expiresAtMs, ...rest } = lease;
    assert.deepEqual({ ...confirmed, expiresAtMs }, { ...rest, state: "confirmed", expiresAtMs });
    const server = await registry.get(fullServer.id);
    assert.deepEqual(server, {
      ...before,
      version: server?.version,
      matches: { ...before.matches, m1: openMatch(2, ["ann", "bob", "dora", "emil"]) },
    });
    assert.ok(server.version > before.version);
    assert.deepEqual(await registry.listLeases(fullServer.id), []);
    assert.deepEqual(await registry.getLease(lease.id), confirmed);
  });

  test("confirm() takes nameless seats too", async (registry) => {
    await registry.register(gameServer("a", { matches: { m: openMatch(5) } }));
    const { lease } = await claimed(registry.claimSeats({ mode, seats: 3, party: ["ann"] }));
    await registry.confirm(lease.id);
    assert.deepEqual((await registry.get("a"))?.matches["m"], openMatch(2, ["ann"]));
  });

  test("confirm() once more gives the same lease and changes nothing", async (registry) => {
    await registry.register(gameServer("a", { matches: { m: openMatch(4) } }));
    const { lease } = await claimed(registry.claimSeats({ mode, seats: 2, party: ["ann"] }));
    const confirmed = await registry.confirm(lease.id);
    const server = await registry.get("a");
    assert.deepEqual(await registry.confirm(lease.id), confirmed);
    await Promise.all(Array.from({ length: 20 }, async () => registry.confirm(lease.id)));
    assert.deepEqual(await registry.get("a"), server);
    assert.equal(server?.matches["m"]?.need, 2);
  });

  test("many confirm() calls for one lease at once take its seats once", async (registry) => {
    await registry.register(gameServer("a", { matches: { m: openMatch(40) } }));
    const { lease } = await claimed(registry.claimSeats({ mode, seats: 2 }));
    await Promise.all(Array.from({ length: 20 }, async () => registry.confirm(lease.id)));
    assert.equal((await registry.get("a"))?.matches["m"]?.need, 38);
  });

  test("confirm() does not count players twice whom the match has already", async (registry) => {
    await registry.register(gameServer("a", { matches: { m: openMatch(3) } }));
    const party = ["ann", "bob", "cleo"];
    const { lease } = await claimed(registry.claimSeats({ mode, party }));
    // Two have come before the confirmation, and the server has reported them.
    await registry.updateMatch("a", "m", openMatch(1, ["bob", "ann"]));
    await registry.confirm(lease.id);
    assert.deepEqual((await registry.get("a"))?.matches["m"], openMatch(0, ["bob", "ann", "cleo"]));
  });

  test("confirm() works where the server has reported the whole party", async (registry) => {
    await registry.register(gameServer("a", { matches: { m: openMatch(2) } }));
    const { lease } = await claimed(registry.claimSeats({ mode, party: ["ann", "bob"] }));
    await registry.updateMatch("a", "m", openMatch(0, ["ann", "bob"]));
    assert.equal((await registry.confirm(lease.id)).state, "confirmed");
    assert.deepEqual((await registry.get("a"))?.matches["m"], openMatch(0, ["ann", "bob"]));
  });

  test("confirm() is CONFLICT where need has fallen below the seats, and the lease is still held", async (registry) => {
    await registry.register(gameServer("a", { matches: { m: openMatch(4) } }));
    const { lease } = await claimed(registry.claimSeats({ mode, seats: 3 }));
    await registry.updateMatch("a", "m", openMatch(2));
    const before = await registry.get("a");
    await expectCode("CONFLICT", () => registry.confirm(lease.id));
    assert.deepEqual(await registry.get("a"), before);
    assert.deepEqual(await registry.getLease(lease.id), lease);
    await registry.updateMatch("a", "m", openMatch(3));
    await registry.confirm(lease.id);
    assert.equal((await registry.get("a"))?.matches["m"]?.need, 0);
  });

  test("confirm() is CONFLICT while the server is expired, and works when it has come back", async (registry) => {
    await registry.register(gameServer("a", { matches: { m: openMatch(4) } }));
    const { lease } = await claimed(registry.claimSeats({ mode, seats: 3 }));
    await registry.heartbeat("a", { ttlMs: 50 });
    await waitFor("the server to expire", async () => {
      return (await registry.get("a"))?.availability === "expired";
    });
    await expectCode("CONFLICT", () => registry.confirm(lease.id));
    await registry.heartbeat("a", { ttlMs: 60_000 });
    await registry.confirm(lease.id);
    assert.equal((await registry.get("a"))?.matches["m"]?.need, 1);
  });

  test("confirm() works on a server that drains or is unhealthy", async (registry) => {
    await registry.register(gameServer("a", { matches: { m: openMatch(4) } }));
    const one = await claimed(registry.claimSeats({ mode }));
    const two = await claimed(registry.claimSeats({ mode }));
    await registry.drain("a", { deadlineMs: 0 });
    await registry.confirm(one.lease.id);
    await registry.update("a", { health: "unhealthy" });
    await registry.confirm(two.lease.id);
    const server = await registry.get("a");
    assert.equal(server?.matches["m"]?.need, 2);
    assert.equal(server.availability, "draining");
  });

  test("confirmed seats are taken and no longer held as well", async (registry) => {
    await registry.register(gameServer("a", { matches: { m: openMatch(4) } }));
    const { lease } = await claimed(registry.claimSeats({ mode, seats: 2 }));
    await registry.confirm(lease.id);
    assert.equal((await registry.findReadyMatch(mode, { seats: 2 }))?.matchId, "m");
    assert.equal(await registry.findReadyMatch(mode, { seats: 3 }), undefined);
    await claimed(registry.claimSeats({ mode, seats: 2 }));
  });

  test("a confirmed lease is forgotten after its time, and its seats stay taken", async (registry) => {
    await registry.register(gameServer("a", { matches: { m: openMatch(4) } }));
    const { lease } = await claimed(registry.claimSeats({ mode, seats: 2, ttlMs: 500 }));
    await registry.confirm(lease.id);
    const forgotten = async () => (await registry.getLease(lease.id)) === undefined;
    await waitFor("the lease to be forgotten", forgotten);
    await expectCode("NOT_FOUND", () => registry.confirm(lease.id));
    assert.equal((await registry.get("a"))?.matches["m"]?.need, 2);
    assert.equal(await registry.findReadyMatch(mode, { seats: 3 }), undefined);
  });
}
