import { expect, test } from "vitest";
import { RelayClient, RouteKeeper } from "../../src/index.js";
import { startRelay } from "../../src/server/index.js";
import { collectedEvents } from "../fixture/collected-events.js";
import { eventually } from "../fixture/eventually.js";
import { FakeClock } from "../fixture/fake-clock.js";
import { http, RawServer } from "../fixture/raw-server.js";
import { TableRelay } from "../fixture/table-relay.js";

const ip = "10.0.0.1";
const lobby = "10.99.0.10:5520";
const unauthorized = { name: "RelayError", code: "UNAUTHORIZED" };
const disposed = { name: "RelayError", code: "DISPOSED" };

test("settled() and applied() hung with a wrong token", async () => {
  await using relay = await startRelay({ serviceToken: "secret" });
  await using client = new RelayClient(relay.url, { serviceToken: "wrong" });
  await using keeper = new RouteKeeper(client, { clock: new FakeClock() });
  keeper.set(ip, lobby);
  // Both wait already when the relay says so, and both are asked again after it.
  for (let round = 0; round < 2; round += 1) {
    await Promise.all([
      expect(keeper.settled()).rejects.toMatchObject(unauthorized),
      expect(keeper.applied(ip)).rejects.toMatchObject(unauthorized),
    ]);
  }
  // A look succeeds, since it needs no token; the change that follows it is what counts.
  await keeper.check();
  await expect(keeper.settled()).rejects.toMatchObject(unauthorized);
  keeper.set("10.0.0.2", lobby);
  await expect(keeper.applied("10.0.0.2")).rejects.toMatchObject(unauthorized);
});

test("get() showed a route as pending and not why", async () => {
  const relay = new TableRelay();
  await using keeper = new RouteKeeper(relay, { clock: new FakeClock() });
  relay.isUp = false;
  expect(keeper.set(ip, lobby)).not.toHaveProperty("error");
  const away = { state: "pending", error: { code: "UNAVAILABLE" } };
  await eventually(() => expect(keeper.get(ip)).toMatchObject(away));
  expect(keeper.list()).toMatchObject([away]);
  expect(keeper.set("10.0.0.2", lobby)).toMatchObject(away);
  relay.isUp = true;
  await keeper.check();
  await keeper.settled();
  expect(keeper.get(ip)).toEqual({
    playerIp: ip,
    backend: lobby,
    state: "applied",
    claims: [{ backend: lobby }],
  });
});

test("a relay that takes the token again gets the routes, and the waits resolve", async () => {
  const relay = await startRelay({ serviceToken: "secret" });
  await using client = new RelayClient(relay.url, { serviceToken: "other" });
  await using keeper = new RouteKeeper(client, { clock: new FakeClock() });
  const events = collectedEvents(keeper);
  keeper.set(ip, lobby);
  await expect(keeper.settled()).rejects.toMatchObject(unauthorized);
  await relay.close();
  const { apiAddress: api, udpAddress: udp } = relay;
  await using again = await startRelay({ api, udp, serviceToken: "other" });
  await keeper.check();
  await keeper.settled();
  await keeper.applied(ip);
  expect(keeper.get(ip)).not.toHaveProperty("error");
  expect(again.counters().routes).toBe(1);
  await eventually(() =>
    expect(events.map(({ type }) => type)).toEqual(["unavailable", "available"]),
  );
});

test("settled() hung with a client that was closed before its keeper", async () => {
  await using relay = await startRelay();
  const client = new RelayClient(relay.url);
  await using keeper = new RouteKeeper(client, { clock: new FakeClock() });
  await client.close();
  keeper.set(ip, lobby);
  await Promise.all([
    expect(keeper.settled()).rejects.toMatchObject(disposed),
    expect(keeper.applied(ip)).rejects.toMatchObject(disposed),
  ]);
  expect(keeper.get(ip)).toMatchObject({ state: "pending", error: disposed });
  await expect(keeper.check()).rejects.toMatchObject(disposed);
  await expect(keeper.settled()).rejects.toMatchObject(disposed);
});

test("with nothing left to do, a lasting failure does not reject settled()", async () => {
  await using relay = await startRelay();
  const client = new RelayClient(relay.url);
  await using keeper = new RouteKeeper(client, { clock: new FakeClock() });
  keeper.set(ip, lobby);
  await keeper.settled();
  await client.close();
  await expect(keeper.check()).rejects.toMatchObject(disposed);
  await keeper.settled();
  await keeper.applied(ip);
});

test("while the relay is only away, settled() and applied() wait for it", async () => {
  const relay = new TableRelay();
  const clock = new FakeClock();
  await using keeper = new RouteKeeper(relay, { clock });
  relay.isUp = false;
  keeper.set(ip, lobby);
  let isOver = false;
  const waits = Promise.allSettled([keeper.settled(), keeper.applied(ip)]).then((ends) => {
    isOver = true;
    return ends;
  });
  await expect(keeper.check()).rejects.toMatchObject({ code: "UNAVAILABLE" });
  await new Promise(setImmediate);
  expect(isOver).toBe(false);
  relay.isUp = true;
  await keeper.check();
  expect((await waits).map(({ status }) => status)).toEqual(["fulfilled", "fulfilled"]);
});

test("a table with one malformed route stops a keeper, which tells of the route", async () => {
  let table = '{"10.0.0.9":"10.99.0.9:1","no address":"10.99.0.9:1"}';
  await using server = await RawServer.start((socket, request) => {
    if (request.startsWith("GET /routes")) socket.write(http(200, table));
    else if (request.startsWith("GET")) socket.write(http(200, '{"status":"healthy"}'));
    else socket.write(http(200, '{"status":"ok"}'));
  });
  await using client = new RelayClient(server.url);
  await using keeper = new RouteKeeper(client, { clock: new FakeClock() });
  const malformed = { code: "BAD_RESPONSE", message: expect.stringContaining('"no address":') };
  await expect(keeper.check()).rejects.toMatchObject(malformed);
  expect(keeper.set(ip, lobby)).toMatchObject({ state: "pending", error: malformed });
  await expect(keeper.adopt(() => ({}))).rejects.toMatchObject(malformed);
  expect(server.requests.every((request) => request.startsWith("GET"))).toBe(true);
  table = '{"10.0.0.9":"10.99.0.9:1"}';
  await keeper.check();
  await keeper.settled();
  expect(keeper.get(ip)).toMatchObject({ state: "applied" });
});
