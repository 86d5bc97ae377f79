import { expect, test } from "vitest";
import { RelayClient, RouteKeeper } from "../../src/index.js";
import { startRelay } from "../../src/server/index.js";
import { collectedEvents } from "../fixture/collected-events.js";
import { eventually } from "../fixture/eventually.js";
import { FakeClock } from "../fixture/fake-clock.js";
import { Gate } from "../fixture/gate.js";
import { manyRoutes, tableOf } from "../fixture/many-routes.js";
import { type Fate, TableRelay } from "../fixture/table-relay.js";

const lobby = "10.99.0.10:5520";
const game = "10.99.0.11:5520";

test("what is set reaches the relay, and what is deleted goes from it", async () => {
  await using relay = await startRelay();
  await using client = new RelayClient(relay.url);
  await using keeper = new RouteKeeper(client);
  expect(keeper.set("::ffff:10.0.0.1", lobby)).toMatchObject({
    playerIp: "10.0.0.1",
    state: "pending",
  });
  keeper.set("10.0.0.2", lobby);
  keeper.set("10.0.0.2", game);
  await keeper.settled();
  expect(await client.listRoutes()).toEqual({ "10.0.0.1": lobby, "10.0.0.2": game });
  expect(keeper.get("10.0.0.2")).toEqual({
    playerIp: "10.0.0.2",
    backend: game,
    state: "applied",
    claims: [{ backend: game }],
  });
  expect(keeper.delete("10.0.0.1")).toBe(true);
  expect(keeper.delete("10.0.0.1")).toBe(false);
  await keeper.applied("10.0.0.1");
  expect(await client.listRoutes()).toEqual({ "10.0.0.2": game });
  expect(keeper.list().map(({ playerIp }) => playerIp)).toEqual(["10.0.0.2"]);
  expect(Object.isFrozen(keeper.list())).toBe(true);
});

test("a relay that restarts in the middle of it gets everything", async () => {
  const relay = await startRelay();
  await using client = new RelayClient(relay.url, { retries: 0 });
  await using keeper = new RouteKeeper(client, { intervalMs: 50, concurrency: 4 });
  const events = collectedEvents(keeper);
  const routes = manyRoutes(300);
  for (const { playerIp, backend } of routes) keeper.set(playerIp, backend);
  await eventually(() => expect(relay.counters().routes).toBeGreaterThan(50));
  await relay.close();
  await eventually(() => expect(events.map(({ type }) => type)).toContain("unavailable"));
  keeper.set("10.1.0.7", game);
  keeper.delete("10.1.0.8");
  await using again = await startRelay({ api: relay.apiAddress, udp: relay.udpAddress });
  const wanted: Record<string, string> = { ...tableOf(routes), "10.1.0.7": game };
  delete wanted["10.1.0.8"];
  await eventually(async () => expect(await client.listRoutes()).toEqual(wanted));
  await keeper.settled();
  expect(again.counters().routes).toBe(299);
  const seen = events.map(({ type }) => type);
  expect(seen.slice(0, 1)).toEqual(["unavailable"]);
  expect(seen).toContain("available");
  expect(events).toContainEqual(expect.objectContaining({ type: "routes-lost", all: true }));
});

test("a route that a relay took between the beginning of a look and its restart is not taken as settled", async () => {
  const relay = new TableRelay();
  await using keeper = new RouteKeeper(relay, { clock: new FakeClock() });
  keeper.set("10.0.0.1", lobby);
  await keeper.settled();
  const gate = new Gate<void>();
  const list = relay.listRoutes.bind(relay);
  relay.listRoutes = async (options) => {
    await gate.promise;
    return list(options);
  };
  const look = keeper.check();
  keeper.set("10.0.0.2", lobby);
  await keeper.applied("10.0.0.2");
  relay.table.clear();
  gate.open();
  await look;
  await keeper.settled();
  expect(Object.fromEntries(relay.table)).toEqual({ "10.0.0.1": lobby, "10.0.0.2": lobby });
});

test("a relay that restarts between two looks is noticed by its empty table", async () => {
  const relay = new TableRelay();
  await using keeper = new RouteKeeper(relay, { clock: new FakeClock() });
  const events = collectedEvents(keeper);
  keeper.set("10.0.0.1", lobby);
  keeper.set("10.0.0.2", lobby);
  await keeper.settled();
  relay.table.clear();
  const gate = new Gate<Fate>();
  relay.fate = () => gate.promise;
  await keeper.check();
  expect(keeper.list().map(({ state }) => state)).toEqual(["pending", "pending"]);
  gate.open("take");
  await keeper.applied("10.0.0.1");
  await keeper.settled();
  expect(Object.fromEntries(relay.table)).toEqual({ "10.0.0.1": lobby, "10.0.0.2": lobby });
  await eventually(() =>
    expect(events).toEqual([
      { type: "routes-lost", playerIps: ["10.0.0.1", "10.0.0.2"], all: true },
    ]),
  );
});

test("a look comes at each interval, earlier by the jitter", async () => {
  const relay = new TableRelay();
  const clock = new FakeClock();
  await using keeper = new RouteKeeper(relay, {
    clock,
    intervalMs: 1_000,
    jitter: 0.5,
    random: () => 0.5,
  });
  keeper.set("10.0.0.1", lobby);
  await keeper.settled();
  relay.table.clear();
  clock.advance(749);
  await keeper.settled();
  expect(relay.table.size).toBe(0);
  clock.advance(1);
  await eventually(() => expect(relay.table.size).toBe(1));
});

test("a route that somebody else changed is told of and set again; one that went, too", async () => {
  await using relay = await startRelay();
  await using client = new RelayClient(relay.url);
  await using keeper = new RouteKeeper(client);
  const events = collectedEvents(keeper);
  for (const last of [1, 2, 3]) keeper.set(`10.0.0.${last}`, lobby);
  await keeper.settled();
  await client.setRoute("10.0.0.1", "10.50.0.1:1");
  await client.deleteRoute("10.0.0.2");
  await keeper.check();
  await keeper.settled();
  expect(new Set(Object.values(await client.listRoutes()))).toEqual(new Set([lobby]));
  await eventually(() =>
    expect(events).toEqual([
      {
        type: "changed-elsewhere",
        playerIp: "10.0.0.1",
        backend: lobby,
        found: "10.50.0.1:1",
      },
      { type: "routes-lost", playerIps: ["10.0.0.2"], all: false },
    ]),
  );
});

test("routes that it was not told of are left alone, and adopted when told", async () => {
  await using relay = await startRelay();
  await using client = new RelayClient(relay.url);
  const foreign = { "10.9.0.1": "10.50.0.1:1", "10.9.0.2": "10.50.0.1:1" };
  await client.sync(foreign);
  await using keeper = new RouteKeeper(client, { onClose: "delete" });
  keeper.set("10.0.0.1", lobby);
  expect(keeper.delete("10.9.0.1")).toBe(false);
  await keeper.settled();
  await keeper.check();
  expect(await client.listRoutes()).toEqual({ ...foreign, "10.0.0.1": lobby });
  const owner = "player-1";
  const count = await keeper.adopt((ip) => (ip === "10.9.0.1" ? { owner } : undefined));
  expect(count).toBe(1);
  expect(keeper.get("10.9.0.1")).toMatchObject({ state: "applied", claims: [{ owner }] });
  await keeper.close();
  expect(await client.listRoutes()).toEqual({ "10.9.0.2": "10.50.0.1:1" });
});

test("what changes while a call is under way is sent after it, however that ends", async () => {
  for (const end of ["take", "lose-change", "lose-answer"] as const) {
    const relay = new TableRelay();
    const gate = new Gate<Fate>();
    relay.fate = (change) => (change.endsWith(lobby) ? gate.promise : "take");
    await using keeper = new RouteKeeper(relay, { clock: new FakeClock() });
    keeper.set("10.0.0.1", lobby);
    keeper.set("10.0.0.1", "10.99.0.12:1");
    keeper.set("10.0.0.1", game);
    expect(relay.changes).toEqual([`set 10.0.0.1 ${lobby}`]);
    gate.open(end);
    await eventually(() => expect(relay.inFlight).toBe(0));
    await keeper.check();
    await keeper.applied("10.0.0.1");
    expect(Object.fromEntries(relay.table)).toEqual({ "10.0.0.1": game });
    expect(relay.changes).toEqual([`set 10.0.0.1 ${lobby}`, `set 10.0.0.1 ${game}`]);
  }
});

test("a route that is deleted while it is being set is gone in the end", async () => {
  const relay = new TableRelay();
  const gate = new Gate<Fate>();
  relay.fate = (change) => (change.startsWith("set") ? gate.promise : "take");
  await using keeper = new RouteKeeper(relay, { clock: new FakeClock() });
  keeper.set("10.0.0.1", lobby);
  keeper.delete("10.0.0.1");
  gate.open("take");
  await keeper.settled();
  expect(relay.table.size).toBe(0);
  // A call of ours that took effect late comes out with the next look.
  relay.table.set("10.0.0.1", lobby);
  await keeper.check();
  await keeper.settled();
  expect(relay.table.size).toBe(0);
});

test("a look that began before a change does not undo it", async () => {
  const relay = new TableRelay();
  const gate = new Gate();
  const { listRoutes } = relay;
  await using keeper = new RouteKeeper(relay, { clock: new FakeClock() });
  const events = collectedEvents(keeper);
  relay.listRoutes = async () => {
    const table = await listRoutes.call(relay);
    await gate.promise;
    return table;
  };
  const look = keeper.check();
  keeper.set("10.0.0.1", lobby);
  await keeper.settled();
  gate.open();
  await look;
  await keeper.settled();
  expect(relay.changes).toEqual([`set 10.0.0.1 ${lobby}`]);
  expect(events).toEqual([]);
});

test("a look while a call is under way leaves its address alone", async () => {
  const relay = new TableRelay();
  await using keeper = new RouteKeeper(relay, { clock: new FakeClock() });
  keeper.set("10.0.0.1", lobby);
  await keeper.settled();
  const gate = new Gate<Fate>();
  relay.fate = () => gate.promise;
  keeper.delete("10.0.0.1");
  relay.table.clear();
  await keeper.check();
  keeper.set("10.0.0.1", game);
  expect(relay.inFlight).toBe(1);
  gate.open("take");
  await keeper.settled();
  expect(relay.mostInFlight).toBe(1);
  expect(Object.fromEntries(relay.table)).toEqual({ "10.0.0.1": game });
});

test("no more calls than the concurrency are under way, and never two for one address", async () => {
  const relay = new TableRelay();
  relay.fate = () => new Promise((resolve) => setImmediate(resolve, "take"));
  await using keeper = new RouteKeeper(relay, { concurrency: 5 });
  for (const { playerIp } of manyRoutes(100)) keeper.set(playerIp, lobby);
  await keeper.settled();
  expect(relay.mostInFlight).toBe(5);
  relay.mostInFlight = 0;
  for (let port = 1; port <= 50; port += 1) keeper.set("10.0.0.1", `10.99.0.10:${port}`);
  await keeper.settled();
  expect(relay.mostInFlight).toBe(1);
  expect(relay.table.get("10.0.0.1")).toBe("10.99.0.10:50");
});
