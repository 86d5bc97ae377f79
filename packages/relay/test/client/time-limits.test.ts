import { setMaxListeners } from "node:events";
import { beforeAll, expect, test } from "vitest";
import { RelayClient } from "../../src/index.js";
import { eventually } from "../fixture/eventually.js";
import { http, type RawAnswer, RawServer } from "../fixture/raw-server.js";

const silent: RawAnswer = () => {};

// The first call loads undici, which on a busy machine could use up a short time-out.
beforeAll(async () => {
  await import("undici");
});

test.for<[string, RawAnswer]>([
  ["never answers", silent],
  ["stops within the head", (socket) => socket.write("HTTP/1.1 200 OK\r\n")],
  [
    "stops within the body",
    (socket) => socket.write("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{"),
  ],
])("a server that %s is TIMEOUT, and its connection is closed", async ([, answer]) => {
  await using server = await RawServer.start(answer);
  await using client = new RelayClient(server.url, { timeoutMs: 500 });
  await expect(client.listRoutes()).rejects.toMatchObject({ name: "RelayError", code: "TIMEOUT" });
  await eventually(() => expect(server.closed).toBeGreaterThan(0));
});

test("the time-out spans all tries and carries the last failure", async () => {
  await using server = await RawServer.start((socket) => socket.write(http(503, "busy")));
  await using client = new RelayClient(server.url, { timeoutMs: 1_000, retries: 100 });
  await expect(client.listRoutes()).rejects.toMatchObject({
    code: "TIMEOUT",
    cause: { code: "UNAVAILABLE" },
  });
});

test("a call that waits for a connection runs into its time-out too", async () => {
  await using server = await RawServer.start(silent);
  await using client = new RelayClient(server.url, { timeoutMs: 200, connections: 1 });
  const calls = await Promise.allSettled([client.health(), client.health(), client.health()]);
  expect(calls.map((call) => call.status === "rejected" && call.reason.code)).toEqual([
    "TIMEOUT",
    "TIMEOUT",
    "TIMEOUT",
  ]);
});

test("a call with a signal that has aborted rejects with its reason and sends nothing", async () => {
  await using server = await RawServer.start(silent);
  await using client = new RelayClient(server.url);
  const reason = new Error("gone");
  const signal = AbortSignal.abort(reason);
  await expect(client.setRoute("10.0.0.1", "10.0.0.2:1", { signal })).rejects.toBe(reason);
  await expect(client.deleteRoute("10.0.0.1", { signal })).rejects.toBe(reason);
  await expect(client.deleteSession("10.0.0.1", { signal })).rejects.toBe(reason);
  await expect(client.listRoutes({ signal })).rejects.toBe(reason);
  await expect(client.health({ signal })).rejects.toBe(reason);
  expect(server.connections).toBe(0);
});

test("an abort while the relay thinks rejects with its reason and is not tried again", async () => {
  await using server = await RawServer.start(silent);
  await using client = new RelayClient(server.url);
  const controller = new AbortController();
  const call = client.listRoutes({ signal: controller.signal });
  const outcome = expect(call).rejects.toBe("enough");
  await eventually(() => expect(server.requests).toHaveLength(1));
  controller.abort("enough");
  await outcome;
  await eventually(() => expect(server.closed).toBeGreaterThan(0));
  expect(server.requests).toHaveLength(1);
});

test("a call that is aborted before it is connected is not sent", async () => {
  await using server = await RawServer.start((socket, request) => {
    if (request.startsWith("GET /routes")) socket.write(http(200, "{}"));
  });
  await using client = new RelayClient(server.url);
  const hangs = expect(client.health()).rejects.toMatchObject({ code: "DISPOSED" });
  await eventually(() => expect(server.requests).toHaveLength(1));
  const controller = new AbortController();
  const call = client.deleteRoute("10.0.0.1", { signal: controller.signal });
  const outcome = expect(call).rejects.toBe("enough");
  // The request is handed over meanwhile; its connection takes a turn of the loop.
  for (let task = 0; task < 20; task += 1) await Promise.resolve();
  controller.abort("enough");
  await outcome;
  await eventually(() => expect(server.connections).toBe(2));
  await client.listRoutes();
  expect(server.requests.map((request) => request.split(" ")[0])).toEqual(["GET", "GET"]);
  await client.close();
  await hangs;
});

test("an abort between two tries rejects with its reason", async () => {
  const controller = new AbortController();
  await using server = await RawServer.start((socket) => socket.write(http(503, "")));
  // The jitter is drawn just before the wait.
  const random = () => {
    queueMicrotask(() => controller.abort("enough"));
    return 0;
  };
  await using client = new RelayClient(server.url, { random });
  await expect(client.health({ signal: controller.signal })).rejects.toBe("enough");
  expect(server.requests).toHaveLength(1);
});

test("one call's abort leaves the others alone", async () => {
  await using server = await RawServer.start((socket, _, count) => {
    if (count > 1) socket.write(http(200, "{}"));
  });
  await using client = new RelayClient(server.url, { connections: 1 });
  const controller = new AbortController();
  const first = expect(client.listRoutes({ signal: controller.signal })).rejects.toBe("enough");
  const second = client.listRoutes();
  await eventually(() => expect(server.requests).toHaveLength(1));
  controller.abort("enough");
  await first;
  expect(await second).toEqual({});
});

test("a signal that is used for many calls gathers no listeners", async () => {
  await using server = await RawServer.start((socket) => socket.write(http(200, "{}")));
  await using client = new RelayClient(server.url);
  const { signal } = new AbortController();
  let listeners = 0;
  const { addEventListener, removeEventListener } = signal;
  signal.addEventListener = function (...args: Parameters<typeof addEventListener>) {
    listeners += 1;
    addEventListener.apply(this, args);
  };
  signal.removeEventListener = function (...args: Parameters<typeof removeEventListener>) {
    listeners -= 1;
    removeEventListener.apply(this, args);
  };
  for (let call = 0; call < 10; call += 1) await client.listRoutes({ signal });
  expect(listeners).toBe(0);
});

test("a signal without a limit of listeners is taken as any other", async () => {
  await using server = await RawServer.start((socket) => socket.write(http(200, "{}")));
  await using client = new RelayClient(server.url);
  const { signal } = new AbortController();
  setMaxListeners(0, signal);
  expect(await client.listRoutes({ signal })).toEqual({});
});

test("a signal that many calls share at once gives no warning of a leak", async () => {
  const warnings: unknown[] = [];
  const onWarning = (warning: Error) => warnings.push(warning);
  process.on("warning", onWarning);
  await using server = await RawServer.start(silent);
  await using client = new RelayClient(server.url);
  const controller = new AbortController();
  const calls = Array.from({ length: 50 }, () => client.health({ signal: controller.signal }));
  controller.abort("enough");
  const outcomes = await Promise.allSettled(calls);
  expect(outcomes).toEqual(calls.map(() => ({ status: "rejected", reason: "enough" })));
  // Warnings are emitted on the next tick.
  await new Promise(setImmediate);
  process.off("warning", onWarning);
  expect(warnings).toEqual([]);
});

test("closing the client ends the calls that wait with DISPOSED, and later ones", async () => {
  await using server = await RawServer.start(silent);
  const client = new RelayClient(server.url);
  const call = expect(client.health()).rejects.toMatchObject({ code: "DISPOSED" });
  await eventually(() => expect(server.requests).toHaveLength(1));
  await Promise.all([client.close(), client.close()]);
  await call;
  await expect(client.health()).rejects.toMatchObject({ code: "DISPOSED" });
  await client[Symbol.asyncDispose]();
  await eventually(() => expect(server.openSockets).toBe(0));
});

test("closing the client ends calls that wait for their turn, too", async () => {
  await using server = await RawServer.start(silent);
  const client = new RelayClient(server.url, { connections: 1, timeoutMs: 60_000 });
  const calls = Array.from({ length: 20 }, () =>
    expect(client.health()).rejects.toMatchObject({ code: "DISPOSED" }),
  );
  await eventually(() => expect(server.requests).toHaveLength(1));
  await client.close();
  await Promise.all(calls);
  expect(server.requests).toHaveLength(1);
});

test("a client that is closed while its first call begins connects no more", async () => {
  await using server = await RawServer.start(silent);
  const client = new RelayClient(server.url);
  const call = expect(client.health()).rejects.toMatchObject({ code: "DISPOSED" });
  await client.close();
  await call;
  await eventually(() => expect(server.openSockets).toBe(0));
});
