import assert from "node:assert/strict";
import type { SeatRequestInput } from "../../registry/claim.js";
import type { ServerRegistry } from "../../registry/server-registry.js";
import { claimed } from "./claimed.js";
import { busyMatch, gameServer, lobbyServer, openMatch } from "./sample-server.js";
import type { RegistryTest } from "./suite.js";

const noneFree = { state: "none-free" };

export function testClaimingSeats(test: RegistryTest): void {
  test("claimSeats() gives a lease with the server and its match", async (registry) => {
    const server = await registry.register(gameServer("a", { matches: { m: openMatch(4) } }));
    const before = Date.now();
    const claim = await claimed(
      registry.claimSeats({ mode: "skywars", party: ["ann", "bob"], ttlMs: 60_000 }),
    );
    const { id, fencingToken, expiresAtMs, ...rest } = claim.lease;
    assert.deepEqual(rest, {
      state: "held",
      serverId: "a",
      matchId: "m",
      seats: 2,
      party: ["ann", "bob"],
    });
    assert.ok(id.length >= 16, "the lease's id can be guessed");
    assert.ok(Number.isSafeInteger(fencingToken) && fencingToken > 0);
    assert.ok(expiresAtMs > before && Number.isSafeInteger(expiresAtMs));
    assert.equal(claim.matchId, "m");
    assert.deepEqual([claim.server, claim.match], [server, openMatch(4)]);
  });

  test("claimSeats() holds without changing the record", async (registry) => {
    const server = await registry.register(gameServer("a", { matches: { m: openMatch(4) } }));
    await claimed(registry.claimSeats({ mode: "skywars", seats: 4, party: ["ann"] }));
    assert.deepEqual(await registry.get("a"), server);
    assert.equal(await registry.findReadyMatch("skywars"), undefined);
  });

  test("claimSeats() asks for one seat, or for as many as the party has", async (registry) => {
    await registry.register(gameServer("a", { matches: { m: openMatch(100) } }));
    const seatsFor = async (request: Partial<SeatRequestInput>) =>
      (await claimed(registry.claimSeats({ mode: "skywars", ...request }))).lease.seats;
    assert.equal(await seatsFor({}), 1);
    assert.equal(await seatsFor({ party: [] }), 1);
    assert.equal(await seatsFor({ party: ["ann", "bob", "cleo"] }), 3);
    assert.equal(await seatsFor({ party: ["ann"], seats: 5 }), 5);
    assert.equal(await seatsFor({ seats: 2 }), 2);
  });

  test("claimSeats() gives no more seats than a match needs", async (registry) => {
    await registry.register(gameServer("a", { matches: { m: openMatch(3) } }));
    for (let seat = 0; seat < 3; seat += 1) {
      await claimed(registry.claimSeats({ mode: "skywars" }));
    }
    assert.deepEqual(await registry.claimSeats({ mode: "skywars" }), noneFree);
  });

  test("claimSeats() gives a party its seats in one match or none", async (registry) => {
    await registry.register(gameServer("a", { matches: { x: openMatch(2), y: openMatch(2) } }));
    await registry.register(gameServer("b", { matches: { x: openMatch(2) } }));
    const party = ["ann", "bob", "cleo"];
    assert.deepEqual(await registry.claimSeats({ mode: "skywars", party }), noneFree);
    assert.deepEqual(await registry.listLeases("a"), []);
    await registry.register(gameServer("c", { matches: { x: openMatch(3) } }));
    assert.equal(await claimedPlace(registry, { party }), "c/x");
    assert.equal(await claimedPlace(registry, { seats: 2 }), "a/x");
    assert.equal(await claimedPlace(registry, { seats: 2 }), "a/y");
    assert.equal(await claimedPlace(registry, { seats: 2 }), "b/x");
    assert.deepEqual(await registry.claimSeats({ mode: "skywars" }), noneFree);
  });

  test("claimSeats() says none-free where there is no such match", async (registry) => {
    assert.deepEqual(await registry.claimSeats({ mode: "skywars" }), noneFree);
    const starting = { status: "starting", need: 4 } as const;
    await registry.register(gameServer("a", { matches: { x: busyMatch, y: starting } }));
    await registry.register(gameServer("b", { matches: { x: openMatch(0) } }));
    await registry.register(gameServer("c", { mode: "survival", matches: { x: openMatch(4) } }));
    await registry.register(lobbyServer("d", { mode: "skywars", matches: { x: openMatch(4) } }));
    for (const mode of ["skywars", "sky", "", "constructor", "__proto__"]) {
      assert.deepEqual(await registry.claimSeats({ mode }), noneFree);
    }
  });

  test("claimSeats() claims from modes of any name", async (registry) => {
    const modes = ["", "constructor", "__proto__", "a:b{c}", "}{", "*", "Ünï 🎮", "a\0b\r\n"];
    for (const [index, mode] of modes.entries()) {
      await registry.register(gameServer(`of-${index}`, { mode, matches: { x: openMatch(1) } }));
    }
    for (const [index, mode] of modes.entries()) {
      const { server } = await claimed(registry.claimSeats({ mode }));
      assert.equal(server.id, `of-${index}`);
    }
  });

  test("claimSeats() takes the oldest, the fullest that suffices, or the emptiest", async (registry) => {
    await registry.register(gameServer("a", { matches: { x: openMatch(5), y: openMatch(3) } }));
    await registry.register(gameServer("b", { matches: { x: openMatch(3), y: openMatch(7) } }));
    const claim = (request: Partial<SeatRequestInput>) => claimedPlace(registry, request);
    assert.equal(await claim({ order: "fullest", seats: 2 }), "a/y");
    assert.equal(await claim({ order: "fullest" }), "a/y");
    assert.equal(await claim({ order: "fullest" }), "b/x");
    assert.equal(await claim({ order: "emptiest", seats: 3 }), "b/y");
    assert.equal(await claim({ order: "emptiest" }), "a/x");
    assert.equal(await claim({}), "a/x");
  });

  test("claimSeats() takes what else must be true of the server", async (registry) => {
    const matches = { x: openMatch(1) };
    await registry.register(gameServer("us", { matches, labels: { region: "us" } }));
    await registry.register(gameServer("eu", { matches, labels: { region: "eu" } }));
    const where = { labels: { region: "eu" } };
    assert.equal(await claimedPlace(registry, { where }), "eu/x");
    assert.deepEqual(await registry.claimSeats({ mode: "skywars", where }), noneFree);
    assert.equal(await claimedPlace(registry, {}), "us/x");
  });

  test("claimSeats() follows a match's need", async (registry) => {
    await registry.register(gameServer("a", { matches: { m: openMatch(1) } }));
    await claimed(registry.claimSeats({ mode: "skywars" }));
    await registry.updateMatch("a", "m", openMatch(3));
    await claimed(registry.claimSeats({ mode: "skywars", seats: 2 }));
    assert.deepEqual(await registry.claimSeats({ mode: "skywars" }), noneFree);
    await registry.updateMatch("a", "m", openMatch(1));
    assert.deepEqual(await registry.claimSeats({ mode: "skywars" }), noneFree);
    await registry.updateMatch("a", "m", openMatch(4));
    await claimed(registry.claimSeats({ mode: "skywars" }));
    assert.deepEqual(await registry.claimSeats({ mode: "skywars" }), noneFree);
  });

  test("the fencing tokens of claims rise, and no two leases have one id", async (registry) => {
    await registry.register(gameServer("a", { matches: { m: openMatch(50) } }));
    const tokens: number[] = [];
    const ids = new Set<string>();
    for (let index = 0; index < 50; index += 1) {
      const { lease } = await claimed(registry.claimSeats({ mode: "skywars" }));
      tokens.push(lease.fencingToken);
      ids.add(lease.id);
      if (index % 5 === 0) await registry.updateMatch("a", "m", openMatch(51 + index));
      if (index % 7 === 0) await registry.release(lease.id);
    }
    assert.equal(ids.size, 50);
    const risen = tokens.every((token, index) => index === 0 || token > (tokens[index - 1] ?? 0));
    assert.ok(risen, `a token fell or came again: ${tokens}`);
  });
}

async function claimedPlace(
  registry: ServerRegistry,
  request: Partial<SeatRequestInput>,
): Promise<string> {
  const { server, matchId } = await claimed(registry.claimSeats({ mode: "skywars", ...request }));
  return `${server.id}/${matchId}`;
}
