import assert from "node:assert/strict";
import type { ServerRegistry } from "../../registry/server-registry.js";
import { waitFor } from "../wait-for.js";
import { claimed } from "./claimed.js";
import { gameServer, lobbyServer, openMatch } from "./sample-server.js";
import type { RegistryTest } from "./suite.js";

/** What makes a server one that takes no players, and what takes that back. */
interface Obstacle {
  readonly what: string;
  readonly begin: (registry: ServerRegistry, id: string) => Promise<unknown>;
  readonly end: (registry: ServerRegistry, id: string) => Promise<unknown>;
}

const obstacles: readonly Obstacle[] = [
  {
    what: "draining",
    begin: (registry, id) => registry.drain(id, { deadlineMs: 0 }),
    end: async (registry, id) => registry.undrain(id),
  },
  {
    what: "unhealthy",
    begin: async (registry, id) => registry.update(id, { health: "unhealthy" }),
    end: async (registry, id) => registry.update(id, { health: "healthy" }),
  },
  {
    what: "expired",
    begin: async (registry, id) => {
      await registry.heartbeat(id, { ttlMs: 30 });
      await waitFor("the server to expire", async () => {
        return (await registry.get(id))?.availability === "expired";
      });
    },
    end: async (registry, id) => registry.heartbeat(id, { ttlMs: 60_000 }),
  },
];

export function testUnclaimable(test: RegistryTest): void {
  for (const { what, begin, end } of obstacles) {
    test(`finds and claims pass over ${what} servers, and take them when that is over`, async (registry) => {
      await registry.register(gameServer("g", { matches: { m: openMatch(4) } }));
      await registry.register(lobbyServer("l"));
      await begin(registry, "g");
      await begin(registry, "l");
      assert.equal(await registry.findReadyMatch("skywars"), undefined);
      assert.equal(await registry.findLobby(), undefined);
      assert.deepEqual(await registry.claimSeats({ mode: "skywars" }), { state: "none-free" });
      assert.deepEqual(await registry.claimLobby({}), { state: "none-free" });
      await end(registry, "g");
      await end(registry, "l");
      assert.equal((await registry.findReadyMatch("skywars"))?.server.id, "g");
      assert.equal((await registry.findLobby())?.id, "l");
      await claimed(registry.claimSeats({ mode: "skywars", seats: 4 }));
      await claimed(registry.claimLobby({ seats: 100 }));
    });

    test(`finds and claims take the next server where one is ${what}`, async (registry) => {
      for (const id of ["g1", "g2"]) {
        await registry.register(gameServer(id, { matches: { m: openMatch(4) } }));
      }
      for (const id of ["l1", "l2"]) await registry.register(lobbyServer(id));
      await begin(registry, "g1");
      await begin(registry, "l1");
      for (const order of ["oldest", "fullest", "emptiest"] as const) {
        assert.equal((await registry.findReadyMatch("skywars", { order }))?.server.id, "g2");
        assert.equal((await registry.findLobby({ order }))?.id, "l2");
      }
      const seat = await claimed(registry.claimSeats({ mode: "skywars" }));
      const place = await claimed(registry.claimLobby({}));
      assert.deepEqual([seat.server.id, place.server.id], ["g2", "l2"]);
    });
  }

  test("a server that is registered unhealthy is passed over", async (registry) => {
    const matches = { m: openMatch(4) };
    await registry.register(gameServer("g", { matches, health: "unhealthy" }));
    assert.equal(await registry.findReadyMatch("skywars"), undefined);
    await registry.register(gameServer("g", { matches }));
    assert.equal((await registry.findReadyMatch("skywars"))?.server.id, "g");
  });
}
