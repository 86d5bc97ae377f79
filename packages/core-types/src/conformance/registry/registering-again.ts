import assert from "node:assert/strict";
import { claimed } from "./claimed.js";
import { busyMatch, gameServer, openMatch, readyMatch } from "./sample-server.js";
import type { RegistryTest } from "./suite.js";

export function testRegisteringAgain(test: RegistryTest): void {
  test("register() with replace takes the matches of the new record alone", async (registry) => {
    await registry.register(gameServer("a", { matches: { m1: readyMatch, m2: busyMatch } }));
    const next = gameServer("a", { matches: { m3: busyMatch } });
    const server = await registry.register(next, { matches: "replace" });
    assert.deepEqual(server.matches, { m3: busyMatch });
    assert.equal(await registry.findReadyMatch("skywars"), undefined);
  });

  test("register() with keep keeps the matches that the new record doesn't name", async (registry) => {
    await registry.register(gameServer("a", { matches: { m1: readyMatch, m2: busyMatch } }));
    const next = gameServer("a", { port: 9, matches: { m2: openMatch(2), m3: busyMatch } });
    const server = await registry.register(next, { matches: "keep" });
    assert.deepEqual(server.matches, { m1: readyMatch, m2: openMatch(2), m3: busyMatch });
    assert.equal(server.port, 9);
    assert.deepEqual(await registry.get("a"), server);
  });

  test("register() with keep of a server that is not there takes what is given", async (registry) => {
    const first = gameServer("a", { matches: { m: readyMatch } });
    const server = await registry.register(first, { matches: "keep" });
    assert.deepEqual(server.matches, { m: readyMatch });
    await registry.unregister("a");
    const again = await registry.register(gameServer("a"), { matches: "keep" });
    assert.deepEqual(again.matches, {});
  });

  for (const matches of ["replace", "keep"] as const) {
    test(`register() with ${matches} keeps the claims on matches that are still there`, async (registry) => {
      const server = gameServer("a", { matches: { m: openMatch(4) } });
      await registry.register(server);
      const { lease } = await claimed(registry.claimSeats({ mode: "skywars", seats: 3 }));
      await registry.register(server, { matches });
      assert.deepEqual(await registry.listLeases("a"), [lease]);
      assert.equal(await registry.findReadyMatch("skywars", { seats: 2 }), undefined);
      await registry.confirm(lease.id);
      assert.equal((await registry.get("a"))?.matches["m"]?.need, 1);
    });
  }

  test("register() keeps a drain", async (registry) => {
    await registry.register(gameServer("a", { players: 1 }));
    await registry.drain("a", { deadlineMs: 0 });
    const again = await registry.register(gameServer("a", { matches: { m: readyMatch } }));
    assert.equal(again.availability, "draining");
    assert.equal(await registry.findReadyMatch("skywars"), undefined);
  });

  test("a server that was unregistered comes back without its drain", async (registry) => {
    await registry.register(gameServer("a", { players: 1 }));
    await registry.drain("a", { deadlineMs: 0 });
    await registry.unregister("a");
    assert.equal((await registry.register(gameServer("a"))).availability, "available");
  });
}
