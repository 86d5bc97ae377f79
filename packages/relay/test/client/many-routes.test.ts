import { expect, test } from "vitest";
import { RelayClient, type SetRouteResult } from "../../src/index.js";
import { startRelay } from "../../src/server/index.js";
import { eventually } from "../fixture/eventually.js";
import { freePort } from "../fixture/free-port.js";
import { manyRoutes, tableOf } from "../fixture/many-routes.js";
import { http, RawServer } from "../fixture/raw-server.js";

const okay = http(200, '{"status":"ok"}\n');
const quick = { random: () => 0.999 };

test("setRoutes and deleteRoutes change many routes and tell of each in the order given", async () => {
  await using relay = await startRelay();
  await using client = new RelayClient(relay.url);
  const routes = manyRoutes(500);
  expect(await client.setRoutes(routes)).toEqual(
    routes.map((route) => ({ ...route, state: "done" })),
  );
  expect(await client.listRoutes()).toEqual(tableOf(routes));
  const ips = routes.slice(0, 400).map(({ playerIp }) => playerIp);
  expect(await client.deleteRoutes(ips)).toEqual(
    ips.map((playerIp) => ({ playerIp, state: "done" })),
  );
  expect(await client.listRoutes()).toEqual(tableOf(routes.slice(400)));
});

test("one that the relay refuses does not stop the rest", async () => {
  await using relay = await startRelay({ resolveHost: () => Promise.reject(new Error("no")) });
  await using client = new RelayClient(relay.url);
  const routes = manyRoutes(50);
  routes[20] = { playerIp: "10.2.0.1", backend: "nowhere.invalid:5520" };
  const results = await client.setRoutes(routes);
  expect(results.filter(({ state }) => state === "done")).toHaveLength(49);
  expect(results[20]).toMatchObject({ state: "failed", error: { code: "INVALID_BACKEND" } });
  expect(Object.keys(await client.listRoutes())).toHaveLength(49);
});

test("no more are in flight than there are connections", async () => {
  let now = 0;
  let most = 0;
  await using server = await RawServer.start((socket) => {
    most = Math.max(most, ++now);
    setImmediate(() => {
      now -= 1;
      socket.write(okay);
    });
  });
  await using client = new RelayClient(server.url, { connections: 3 });
  await client.setRoutes(manyRoutes(60));
  expect(most).toBeLessThanOrEqual(3);
  expect(server.connections).toBeLessThanOrEqual(3);
});

test("a route that stands there twice, in whatever spelling, is set once and told of twice", async () => {
  await using server = await RawServer.start((socket) => socket.write(okay));
  await using client = new RelayClient(server.url);
  const results = await client.setRoutes([
    { playerIp: "10.0.0.1", backend: "10.99.0.10:1" },
    { playerIp: "10.0.0.2", backend: "10.99.0.10:1" },
    { playerIp: "::ffff:10.0.0.1", backend: "10.99.0.10:1" },
  ]);
  expect(results.map(({ playerIp }) => playerIp)).toEqual(["10.0.0.1", "10.0.0.2", "10.0.0.1"]);
  expect(server.requests).toHaveLength(2);
  expect(await client.deleteRoutes(["10.0.0.1", "[::ffff:10.0.0.1]"])).toHaveLength(2);
  expect(server.requests).toHaveLength(3);
});

test("bad input is INVALID_ARGUMENT with its place, before anything is sent", async () => {
  await using server = await RawServer.start((socket) => socket.write(okay));
  await using client = new RelayClient(server.url);
  const [good] = manyRoutes(1);
  const bad = async (call: Promise<unknown>, field: string) =>
    expect(call).rejects.toMatchObject({ code: "INVALID_ARGUMENT", field });
  if (good === undefined) throw new Error("no route");
  await bad(client.setRoutes([good, { ...good, backend: "x" }]), "routes[1].backend");
  await bad(client.setRoutes([good, { ...good, backend: "10.0.0.9:9" }]), "routes[1].playerIp");
  await bad(client.deleteRoutes(["10.0.0.1", "a"]), "playerIps[1]");
  await bad(client.sync({ a: "10.0.0.9:9" }), 'desired["a"]');
  const two = { "10.0.0.1": "10.0.0.9:9", "::ffff:10.0.0.1": "10.0.0.9:8" };
  await bad(client.sync(two), 'desired["::ffff:10.0.0.1"]');
  expect(server.connections).toBe(0);
});

test("an abort rejects with its reason, and onResult has told what was done", async () => {
  const told: SetRouteResult[] = [];
  await using server = await RawServer.start((socket, _, count) => {
    if (count <= 10) socket.write(okay);
  });
  await using client = new RelayClient(server.url, { connections: 4 });
  const controller = new AbortController();
  const call = expect(
    client.setRoutes(manyRoutes(100), {
      signal: controller.signal,
      onResult: (result) => told.push(result),
    }),
  ).rejects.toBe("enough");
  await eventually(() => expect(server.requests).toHaveLength(14));
  controller.abort("enough");
  await call;
  expect(told.map(({ state }) => state)).toEqual(Array.from({ length: 10 }, () => "done"));
  await eventually(() => expect(server.openSockets).toBe(0));
  expect(server.requests).toHaveLength(14);
});

test("what onResult throws rejects the call, which then sends no more", async () => {
  await using server = await RawServer.start((socket) => socket.write(okay));
  await using client = new RelayClient(server.url, { connections: 2 });
  let told = 0;
  const onResult = () => {
    if (++told === 1) throw new Error("mine");
  };
  await expect(client.setRoutes(manyRoutes(100), { onResult })).rejects.toThrow("mine");
  for (let call = 0; call < 5; call += 1) await client.deleteRoute("10.0.0.1");
  const sent = server.requests.filter((request) => request.startsWith("POST"));
  expect(sent.length).toBeLessThanOrEqual(3);
});

test("where the relay is down, all fail with UNAVAILABLE, most of them without a try", async () => {
  const url = `http://127.0.0.1:${await freePort()}`;
  await using client = new RelayClient(url, { ...quick, retries: 0, connections: 4 });
  const results = await client.setRoutes(manyRoutes(1_000));
  expect(results).toHaveLength(1_000);
  for (const result of results) {
    expect(result).toMatchObject({ state: "failed", error: { code: "UNAVAILABLE" } });
  }
  const unsent = results.filter(
    (result) => result.state === "failed" && /^not sent/.test(result.error.message),
  );
  expect(unsent.length).toBeGreaterThan(980);
});

test("a closed client fails each of many with DISPOSED", async () => {
  const client = new RelayClient("http://127.0.0.1:1");
  await client.close();
  const results = await client.setRoutes(manyRoutes(3));
  expect(results.map((r) => r.state === "failed" && r.error.code)).toEqual([
    "DISPOSED",
    "DISPOSED",
    "DISPOSED",
  ]);
});

test("however many calls wait for their turn, they get on while the relay answers", async () => {
  await using server = await RawServer.start((socket) => {
    setTimeout(() => socket.write(okay), 40);
  });
  const timeoutMs = 1_000;
  await using client = new RelayClient(server.url, { timeoutMs, connections: 1 });
  const begun = performance.now();
  const calls = manyRoutes(50).map(({ playerIp, backend }) => client.setRoute(playerIp, backend));
  await Promise.all(calls);
  expect(performance.now() - begun).toBeGreaterThan(timeoutMs);
});

test("a call that waits for its turn can be aborted, and leaves the others their turns", async () => {
  let answer = () => {};
  await using server = await RawServer.start((socket) => {
    answer = () => socket.write(okay);
  });
  await using client = new RelayClient(server.url, { connections: 1 });
  const controller = new AbortController();
  const first = client.deleteRoute("10.0.0.1");
  const second = client.deleteRoute("10.0.0.2", { signal: controller.signal });
  const third = client.deleteRoute("10.0.0.3");
  const outcome = expect(second).rejects.toBe("enough");
  await eventually(() => expect(server.requests).toHaveLength(1));
  controller.abort("enough");
  await outcome;
  answer();
  await first;
  await eventually(() => expect(server.requests).toHaveLength(2));
  answer();
  await third;
  expect(server.requests[1]).toContain("10.0.0.3");
});
