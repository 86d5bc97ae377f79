import { expect, test } from "vitest";
import { RouteKeeper } from "../../src/index.js";
import { collectedEvents } from "../fixture/collected-events.js";
import { eventually } from "../fixture/eventually.js";
import { FakeClock } from "../fixture/fake-clock.js";
import { manyRoutes } from "../fixture/many-routes.js";
import { TableRelay } from "../fixture/table-relay.js";

const ip = "10.0.0.1";
const lobby = "10.99.0.10:5520";
const game = "10.99.0.11:5520";

test("a route that is not renewed ends when its time is over, not before", async () => {
  const relay = new TableRelay();
  const clock = new FakeClock();
  await using keeper = new RouteKeeper(relay, { clock });
  const events = collectedEvents(keeper);
  keeper.set(ip, lobby, { ttlMs: 1_000, owner: "ann" });
  await keeper.settled();
  clock.advance(999);
  expect(keeper.get(ip)?.backend).toBe(lobby);
  clock.advance(1);
  expect(keeper.get(ip)).toBeUndefined();
  await keeper.settled();
  expect(relay.table.size).toBe(0);
  const claim = { owner: "ann", backend: lobby };
  await eventually(() => expect(events).toEqual([{ type: "expired", playerIp: ip, claim }]));
});

test("set and touch renew a claim", async () => {
  const relay = new TableRelay();
  const clock = new FakeClock();
  await using keeper = new RouteKeeper(relay, { clock });
  keeper.set(ip, lobby, { ttlMs: 1_000 });
  for (let beat = 0; beat < 20; beat += 1) {
    clock.advance(900);
    if (beat % 2 === 0) expect(keeper.touch(ip)).toBe(true);
    else keeper.set(ip, lobby, { ttlMs: 1_000 });
  }
  expect(keeper.touch(ip, { ttlMs: 5_000 })).toBe(true);
  clock.advance(4_999);
  expect(keeper.list()).toHaveLength(1);
  clock.advance(1);
  expect(keeper.list()).toHaveLength(0);
  expect(keeper.touch(ip)).toBe(false);
  await keeper.settled();
  expect(relay.changes).toEqual([`set ${ip} ${lobby}`, `delete ${ip}`]);
});

test("a claim can be given an earlier end, or none", async () => {
  const clock = new FakeClock();
  await using keeper = new RouteKeeper(new TableRelay(), { clock });
  keeper.set("10.0.0.1", lobby, { ttlMs: 100_000 });
  keeper.touch("10.0.0.1", { ttlMs: 10 });
  keeper.set("10.0.0.2", lobby, { ttlMs: 10 });
  keeper.set("10.0.0.2", lobby);
  clock.advance(10);
  expect(keeper.list().map(({ playerIp }) => playerIp)).toEqual(["10.0.0.2"]);
  clock.advance(1_000_000);
  expect(keeper.list()).toHaveLength(1);
});

test("of two owners, the one whose time is over leaves the route to the other", async () => {
  const relay = new TableRelay();
  const clock = new FakeClock();
  await using keeper = new RouteKeeper(relay, { clock });
  keeper.set(ip, lobby, { owner: "ann" });
  keeper.set(ip, game, { owner: "bob", ttlMs: 1_000 });
  clock.advance(1_000);
  await keeper.settled();
  expect(relay.table.get(ip)).toBe(lobby);
});

test("many claims end in any order, and their renewals pile nothing up", async () => {
  const relay = new TableRelay();
  const clock = new FakeClock();
  await using keeper = new RouteKeeper(relay, { clock, intervalMs: 1_000_000 });
  const routes = manyRoutes(200);
  const ttlOf = (index: number) => 1_000 + ((index * 7_919) % 200) * 10;
  for (let beat = 0; beat < 10; beat += 1) {
    for (const [index, { playerIp }] of routes.entries()) {
      keeper.set(playerIp, lobby, { ttlMs: ttlOf(index) });
    }
    clock.advance(500);
    // The next end, and the next look.
    expect(clock.timers).toBe(2);
  }
  for (let ms = 510; ms <= 3_000; ms += 10) {
    clock.advance(10);
    const left = routes.filter((_, index) => ttlOf(index) > ms).length;
    expect(keeper.list()).toHaveLength(left);
  }
  await keeper.settled();
  expect(relay.table.size).toBe(0);
});

test.for([
  [{ ttlMs: 0 }, "ttlMs"],
  [{ ttlMs: Number.NaN }, "ttlMs"],
  [{ owner: "" }, "owner"],
  [{ owner: "x".repeat(256) }, "owner"],
] as const)("set with %j is INVALID_ARGUMENT and changes nothing", async ([options, field]) => {
  await using keeper = new RouteKeeper(new TableRelay(), { clock: new FakeClock() });
  const invalid = expect.objectContaining({ code: "INVALID_ARGUMENT", field });
  expect(() => keeper.set(ip, lobby, options)).toThrow(invalid);
  expect(keeper.list()).toEqual([]);
});
