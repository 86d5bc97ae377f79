import { RelayError } from "@potassium/core-types";
import { expect, test } from "vitest";
import { RelayClient, RouteKeeper } from "../../src/index.js";
import { startRelay } from "../../src/server/index.js";
import { collectedEvents } from "../fixture/collected-events.js";
import { eventually } from "../fixture/eventually.js";
import { FakeClock } from "../fixture/fake-clock.js";
import { TableRelay } from "../fixture/table-relay.js";

const lobby = "10.99.0.10:5520";

test("a backend that the relay refuses is told of once, and tried again with each look", async () => {
  let isKnown = false;
  const resolveHost = async () => {
    if (!isKnown) throw new Error("no such name");
    return "127.0.0.1";
  };
  await using relay = await startRelay({ resolveHost });
  await using client = new RelayClient(relay.url);
  await using keeper = new RouteKeeper(client, { clock: new FakeClock() });
  const events = collectedEvents(keeper);
  keeper.set("10.0.0.1", "game-1.internal:5520");
  keeper.set("10.0.0.2", lobby);
  const invalid = { code: "INVALID_BACKEND" };
  await expect(keeper.applied("10.0.0.1")).rejects.toMatchObject(invalid);
  await keeper.check();
  await keeper.settled();
  expect(keeper.get("10.0.0.1")).toMatchObject({ state: "refused", error: invalid });
  expect(await client.listRoutes()).toEqual({ "10.0.0.2": lobby });
  expect(events).toMatchObject([
    { type: "refused", playerIp: "10.0.0.1", backend: "game-1.internal:5520", error: invalid },
  ]);
  isKnown = true;
  await keeper.check();
  await keeper.settled();
  expect(keeper.get("10.0.0.1")).toMatchObject({ state: "applied" });
});

test("a relay that is away is told of once, and once more when it is back", async () => {
  const relay = new TableRelay();
  const clock = new FakeClock();
  await using keeper = new RouteKeeper(relay, { clock, intervalMs: 10_000 });
  const events = collectedEvents(keeper);
  relay.isUp = false;
  keeper.set("10.0.0.1", lobby);
  keeper.set("10.0.0.2", lobby);
  await eventually(() => expect(events).toHaveLength(1));
  await expect(keeper.check()).rejects.toMatchObject({ code: "UNAVAILABLE" });
  expect(relay.changes).toHaveLength(2);
  relay.isUp = true;
  // Far sooner than the interval, since the last look failed.
  clock.advance(1_000);
  await keeper.settled();
  expect(Object.fromEntries(relay.table)).toEqual({ "10.0.0.1": lobby, "10.0.0.2": lobby });
  await eventually(() =>
    expect(events.map(({ type }) => type)).toEqual(["unavailable", "available"]),
  );
});

test("a change whose answer was lost is not sent again where a look finds it done", async () => {
  const relay = new TableRelay();
  await using keeper = new RouteKeeper(relay, { clock: new FakeClock() });
  relay.fate = () => "lose-answer";
  keeper.set("10.0.0.1", lobby);
  await eventually(() => expect(relay.inFlight).toBe(0));
  await keeper.check();
  await keeper.applied("10.0.0.1");
  await keeper.settled();
  expect(relay.changes).toEqual([`set 10.0.0.1 ${lobby}`]);
});

test("a route that another took over before it could be deleted stays", async () => {
  const relay = new TableRelay();
  await using keeper = new RouteKeeper(relay, { clock: new FakeClock() });
  keeper.set("10.0.0.1", lobby);
  keeper.set("10.0.0.2", lobby);
  await keeper.settled();
  relay.isUp = false;
  keeper.delete("10.0.0.1");
  keeper.delete("10.0.0.2");
  await eventually(() => expect(relay.inFlight).toBe(0));
  relay.isUp = true;
  relay.table.set("10.0.0.1", "10.50.0.1:1");
  await keeper.check();
  await keeper.settled();
  expect(Object.fromEntries(relay.table)).toEqual({ "10.0.0.1": "10.50.0.1:1" });
});

test("a relay that can be looked at and takes no change is unavailable all the while", async () => {
  await using relay = await startRelay({ serviceToken: "secret" });
  await using client = new RelayClient(relay.url, { serviceToken: "wrong" });
  const clock = new FakeClock();
  await using keeper = new RouteKeeper(client, { clock });
  const events = collectedEvents(keeper);
  keeper.set("10.0.0.1", lobby);
  await eventually(() => expect(events).toHaveLength(1));
  for (let look = 0; look < 5; look += 1) await keeper.check();
  expect(events).toMatchObject([{ type: "unavailable", error: { code: "UNAUTHORIZED" } }]);
});

test("looks come less and less often while every change fails", async () => {
  const relay = new TableRelay();
  const clock = new FakeClock();
  await using keeper = new RouteKeeper(relay, { clock, intervalMs: 60_000, random: () => 0 });
  relay.fate = () => "lose-change";
  keeper.set("10.0.0.1", lobby);
  for (let tenth = 0; tenth < 64; tenth += 1) {
    clock.advance(100);
    // Lets the look and the change that follows it run to their ends.
    await new Promise(setImmediate);
  }
  expect(relay.changes.length).toBeLessThan(9);
  expect(relay.changes.length).toBeGreaterThan(4);
});

test("an error that is not the relay's as a whole stops no other route", async () => {
  const relay = new TableRelay();
  relay.fate = (change) => {
    if (change.includes("10.0.0.1 ")) throw new RelayError("BAD_RESPONSE", "400: no");
    return "take";
  };
  await using keeper = new RouteKeeper(relay, { clock: new FakeClock(), concurrency: 1 });
  keeper.set("10.0.0.1", lobby);
  keeper.set("10.0.0.2", lobby);
  await keeper.settled();
  expect([...relay.table.keys()]).toEqual(["10.0.0.2"]);
  // What was refused and is no longer wanted is done with.
  keeper.delete("10.0.0.1");
  await keeper.applied("10.0.0.1");
  expect(keeper.list()).toHaveLength(1);
});
