import { expect, test } from "vitest";
import { RelayClient, RouteKeeper } from "../../src/index.js";
import { startRelay } from "../../src/server/index.js";
import { collectedEvents } from "../fixture/collected-events.js";
import { eventually } from "../fixture/eventually.js";
import { FakeClock } from "../fixture/fake-clock.js";
import { Gate } from "../fixture/gate.js";
import { http, RawServer } from "../fixture/raw-server.js";
import { type Fate, TableRelay } from "../fixture/table-relay.js";

const lobby = "10.99.0.10:5520";

test("a closed keeper leaves its routes, and no timer and no connection of its own", async () => {
  await using relay = await startRelay();
  await using client = new RelayClient(relay.url);
  const clock = new FakeClock();
  const keeper = new RouteKeeper(client, { clock });
  keeper.set("10.0.0.1", lobby, { ttlMs: 1_000 });
  await keeper.settled();
  expect(clock.timers).toBe(2);
  await Promise.all([keeper.close(), keeper[Symbol.asyncDispose]()]);
  expect(clock.timers).toBe(0);
  expect(await client.listRoutes()).toEqual({ "10.0.0.1": lobby });
  // Looking at what it held sets no timer either.
  expect(keeper.list()).toHaveLength(1);
  expect(clock.timers).toBe(0);
});

test("many keepers that come and go leave no timer of the process behind", async () => {
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
  const before = timers();
  for (let round = 0; round < 50; round += 1) {
    await using keeper = new RouteKeeper(new TableRelay());
    keeper.set("10.0.0.1", lobby, { ttlMs: 60_000 });
    await keeper.check();
  }
  expect(timers()).toBeLessThan(before + 10);
});

test("with onClose delete, its routes are gone and those of others stay", async () => {
  await using relay = await startRelay();
  await using client = new RelayClient(relay.url);
  await client.setRoute("10.9.0.1", lobby);
  {
    await using keeper = new RouteKeeper(client, { onClose: "delete" });
    keeper.set("10.0.0.1", lobby);
    await keeper.settled();
    // On its way when the keeper is closed.
    keeper.set("10.0.0.2", lobby);
  }
  expect(await client.listRoutes()).toEqual({ "10.9.0.1": lobby });
});

test("routes that can't be deleted on closing reject the close with UNAVAILABLE", async () => {
  const relay = new TableRelay();
  const keeper = new RouteKeeper(relay, { clock: new FakeClock(), onClose: "delete" });
  keeper.set("10.0.0.1", lobby);
  await keeper.settled();
  relay.isUp = false;
  const unavailable = { code: "UNAVAILABLE", cause: { message: "down" } };
  await expect(keeper.close()).rejects.toMatchObject(unavailable);
  await expect(keeper.close()).rejects.toMatchObject(unavailable);
});

test("closing ends what is under way on a relay that hangs, and waits for it", async () => {
  await using server = await RawServer.start((socket, request) => {
    if (request.startsWith("GET /health")) socket.write(http(200, '{"status":"healthy"}'));
  });
  await using client = new RelayClient(server.url, { timeoutMs: 60_000 });
  const keeper = new RouteKeeper(client, { clock: new FakeClock() });
  keeper.set("10.0.0.1", lobby);
  const disposed = { code: "DISPOSED" };
  const calls = [keeper.check(), keeper.settled(), keeper.applied("10.0.0.1")].map((call) =>
    expect(call).rejects.toMatchObject(disposed),
  );
  await eventually(() => expect(server.requests).toHaveLength(3));
  await keeper.close();
  await Promise.all(calls);
  await eventually(() => expect(server.openSockets).toBeLessThanOrEqual(1));
  expect(() => keeper.set("10.0.0.1", lobby)).toThrow(expect.objectContaining(disposed));
  expect(() => keeper.delete("10.0.0.1")).toThrow(expect.objectContaining(disposed));
  await expect(keeper.check()).rejects.toMatchObject(disposed);
  await expect(keeper.adopt(() => ({}))).rejects.toMatchObject(disposed);
});

test("close waits for a change that does not end at once", async () => {
  const relay = new TableRelay();
  const gate = new Gate<Fate>();
  relay.fate = () => gate.promise;
  const keeper = new RouteKeeper(relay, { clock: new FakeClock() });
  keeper.set("10.0.0.1", lobby);
  let isClosed = false;
  const closing = keeper.close().then(() => {
    isClosed = true;
  });
  await new Promise(setImmediate);
  expect(isClosed).toBe(false);
  gate.open("take");
  await closing;
  expect(relay.inFlight).toBe(0);
});

test("streams of events end when the keeper is closed", async () => {
  const keeper = new RouteKeeper(new TableRelay(), { clock: new FakeClock() });
  const events = keeper.events();
  const next = events.next();
  await keeper.close();
  expect(await next).toEqual({ done: true, value: undefined });
  expect(await keeper.events().next()).toEqual({ done: true, value: undefined });
});

test("a reader that falls behind reads what waits and then gets TOO_LARGE", async () => {
  await using keeper = new RouteKeeper(new TableRelay(), {
    clock: new FakeClock(),
    maxWaitingEvents: 3,
  });
  const slow = keeper.events();
  const events = collectedEvents(keeper);
  keeper.set("10.0.0.1", "10.99.0.10:1", { owner: "ann" });
  for (let port = 2; port <= 6; port += 1) {
    keeper.set("10.0.0.1", `10.99.0.10:${port}`, { owner: "bob" });
    await eventually(() => expect(events).toHaveLength(port - 1));
  }
  for (let read = 0; read < 3; read += 1) expect((await slow.next()).done).toBe(false);
  await expect(slow.next()).rejects.toMatchObject({ name: "RelayError", code: "TOO_LARGE" });
  expect((await slow.next()).done).toBe(true);
});

test("an abort ends a stream of events and a wait with its reason", async () => {
  const relay = new TableRelay();
  relay.isUp = false;
  await using keeper = new RouteKeeper(relay, { clock: new FakeClock() });
  const controller = new AbortController();
  const { signal } = controller;
  keeper.set("10.0.0.1", lobby);
  const waits = [
    keeper.settled({ signal }),
    keeper.applied("10.0.0.1", { signal }),
    keeper
      .events({ signal })
      .next()
      .then(() => keeper.events({ signal }).next()),
  ].map((wait) => expect(wait).rejects.toBe("enough"));
  controller.abort("enough");
  await Promise.all(waits);
});

test.for([
  [{ intervalMs: 0 }, "intervalMs"],
  [{ jitter: 1.1 }, "jitter"],
  [{ jitter: Number.NaN }, "jitter"],
  [{ concurrency: 0 }, "concurrency"],
  [{ maxWaitingEvents: 0.5 }, "maxWaitingEvents"],
  [{ onClose: "drop" as "leave" }, "onClose"],
] as const)("the options %j are INVALID_ARGUMENT", ([options, field]) => {
  expect(() => new RouteKeeper(new TableRelay(), options)).toThrow(
    expect.objectContaining({ name: "RelayError", code: "INVALID_ARGUMENT", field }),
  );
});
