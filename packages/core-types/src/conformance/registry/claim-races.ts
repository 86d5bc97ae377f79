import assert from "node:assert/strict";
import type { LobbyClaim, SeatClaim } from "../../registry/claim.js";
import type { Awaitable } from "../../wait/awaitable.js";
import { gameServer, lobbyServer, openMatch } from "./sample-server.js";
import type { RegistryTest } from "./suite.js";

const mode = "skywars";

export function testClaimRaces(test: RegistryTest): void {
  for (const order of ["oldest", "fullest", "emptiest"] as const) {
    test(`hundreds of claims at once, ${order} first, give each seat once and every seat`, async (registry) => {
      const needs: Record<string, number> = {};
      for (let index = 0; index < 10; index += 1) {
        const [x, y] = [index % 4, 12];
        await registry.register(
          gameServer(`s${index}`, { matches: { x: openMatch(x), y: openMatch(y) } }),
        );
        needs[`s${index}/x`] = x;
        needs[`s${index}/y`] = y;
      }
      const seats = Object.values(needs).reduce((sum, need) => sum + need, 0);
      const claims = await atOnce(400, () => settled(() => registry.claimSeats({ mode, order })));
      const given = claims.flatMap((claim) => (claim.state === "claimed" ? claim : []));
      assert.equal(given.length, seats);
      assert.equal(new Set(given.map(({ lease }) => lease.id)).size, seats);
      assert.equal(new Set(given.map(({ lease }) => lease.fencingToken)).size, seats);
      const counts: Record<string, number> = {};
      for (const { server, matchId } of given) {
        const place = `${server.id}/${matchId}`;
        counts[place] = (counts[place] ?? 0) + 1;
      }
      for (const [place, need] of Object.entries(needs)) assert.equal(counts[place] ?? 0, need);
    });
  }

  test("parties that claim at once are never split and never too many", async (registry) => {
    for (let index = 0; index < 20; index += 1) {
      await registry.register(gameServer(`s${index}`, { matches: { m: openMatch(5) } }));
    }
    const claims = await atOnce(100, (index) => {
      const party = Array.from({ length: 1 + (index % 3) }, (_, member) => `${index}-${member}`);
      return settled(() => registry.claimSeats({ mode, party }));
    });
    await Promise.all(
      claims.map(async (claim) => {
        if (claim.state === "claimed") await registry.confirm(claim.lease.id);
      }),
    );
    for (const { id, matches } of await registry.list()) {
      const match = matches["m"];
      assert.equal((match?.players.length ?? 0) + (match?.need ?? 0), 5, `${id} counts wrong`);
      for (const player of match?.players ?? []) {
        const [party] = player.split("-");
        const members = match?.players.filter((other) => other.startsWith(`${party}-`));
        assert.equal(members?.length, 1 + (Number(party) % 3), `party ${party} is split`);
      }
    }
    assert.equal(await registry.findReadyMatch(mode), undefined);
  });

  test("places of lobbies that are claimed at once are each given once", async (registry) => {
    await registry.register(lobbyServer("a", { maxPlayers: 30 }));
    await registry.register(lobbyServer("b", { players: 5, maxPlayers: 30 }));
    const claims = await atOnce(200, () => settled(() => registry.claimLobby({})));
    const given = claims.flatMap((claim) => (claim.state === "claimed" ? claim.server.id : []));
    assert.equal(given.filter((id) => id === "a").length, 30);
    assert.equal(given.filter((id) => id === "b").length, 25);
  });

  test("claims, confirmations, releases and reports at once never overbook", async (registry) => {
    const total = 40;
    for (const id of ["a", "b"]) {
      await registry.register(gameServer(id, { matches: { m: openMatch(total) } }));
    }
    let confirmed = 0;
    await atOnce(200, async (index) => {
      const party = [`player-${index}`];
      const claim = await settled(() => registry.claimSeats({ mode, party, order: "emptiest" }));
      if (claim.state !== "claimed") return;
      const { server, lease } = claim;
      await registry.update(server.id, ({ players }) => ({ players: players + 1 }));
      if (index % 3 === 0) {
        await registry.release(lease.id);
      } else {
        await registry.confirm(lease.id);
        confirmed += 1;
      }
    });
    const servers = await registry.list();
    const players = servers.flatMap(({ matches }) => matches["m"]?.players ?? []);
    assert.equal(new Set(players).size, players.length);
    assert.equal(players.length, confirmed);
    for (const { id, matches } of servers) {
      const match = matches["m"];
      assert.equal((match?.need ?? 0) + (match?.players.length ?? 0), total);
      assert.deepEqual(await registry.listLeases(id), []);
    }
  });

  test("a seat that is released goes to one of those who wait for it", async (registry) => {
    await registry.register(gameServer("a", { matches: { m: openMatch(1) } }));
    const done: number[] = [];
    await atOnce(30, async (index) => {
      for (;;) {
        const claim = await settled(() => registry.claimSeats({ mode }));
        if (claim.state === "claimed") {
          assert.equal((await registry.listLeases("a")).length, 1);
          assert.equal(await registry.release(claim.lease.id), true);
          done.push(index);
          return;
        }
        await new Promise((resolve) => setImmediate(resolve));
      }
    });
    assert.equal(done.length, 30);
  });
}

/** Claims again for as long as others are in the way. */
async function settled<Claim extends SeatClaim | LobbyClaim>(
  claim: () => Awaitable<Claim>,
): Promise<Claim> {
  for (;;) {
    const answer = await claim();
    if (answer.state !== "contended") return answer;
  }
}

function atOnce<T>(count: number, call: (index: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => call(index)));
}
