import { expect, test } from "vitest";
import { RelayClient, type RelayClientOptions } from "../../src/index.js";
import { eventually } from "../fixture/eventually.js";
import { freePort } from "../fixture/free-port.js";
import { http, type RawAnswer, RawServer } from "../fixture/raw-server.js";

/** With the shortest waits between tries that there are. */
const quick = { random: () => 0.999 } satisfies RelayClientOptions;
const okay = http(200, '{"status":"ok"}\n');

test.for([502, 503, 504])("an answer %i is tried again", async (status) => {
  await using server = await RawServer.start((socket, _, count) =>
    socket.write(count < 3 ? http(status, "not yet") : okay),
  );
  await using client = new RelayClient(server.url, quick);
  await client.setRoute("10.0.0.1", "10.0.0.2:1");
  expect(server.requests).toHaveLength(3);
  expect(new Set(server.requests).size).toBe(1);
});

test("503 to the last try is UNAVAILABLE with the reason that was given", async () => {
  await using server = await RawServer.start((socket) => socket.write(http(503, "draining\n")));
  await using client = new RelayClient(server.url, { ...quick, retries: 1 });
  await expect(client.listRoutes()).rejects.toMatchObject({
    code: "UNAVAILABLE",
    message: expect.stringContaining("503: draining"),
  });
  expect(server.requests).toHaveLength(2);
});

test.for([
  [500, "boom\nat line 3", "500: boom at line 3"],
  [400, "player_ip and backend required\n", "400: player_ip and backend required"],
  [403, "", "403: (empty body)"],
  [201, "{}", "201: {}"],
] as const)("an answer %i is BAD_RESPONSE at once", async ([status, body, message]) => {
  await using server = await RawServer.start((socket) => socket.write(http(status, body)));
  await using client = new RelayClient(server.url, quick);
  await expect(client.setRoute("10.0.0.1", "10.0.0.2:1")).rejects.toMatchObject({
    code: "BAD_RESPONSE",
    message: expect.stringContaining(message),
  });
  expect(server.requests).toHaveLength(1);
});

test.for([404, 204])("an answer %i to a delete means that it is gone", async (status) => {
  await using server = await RawServer.start((socket) =>
    socket.write(status === 204 ? "HTTP/1.1 204 No Content\r\n\r\n" : http(status, "no")),
  );
  await using client = new RelayClient(server.url, quick);
  await client.deleteRoute("10.0.0.1");
  await client.deleteSession("10.0.0.1");
});

test("404 to anything but a delete is BAD_RESPONSE", async () => {
  await using server = await RawServer.start((socket) => socket.write(http(404, "no")));
  await using client = new RelayClient(server.url, quick);
  const bad = { code: "BAD_RESPONSE" };
  await expect(client.setRoute("10.0.0.1", "10.0.0.2:1")).rejects.toMatchObject(bad);
  await expect(client.listRoutes()).rejects.toMatchObject(bad);
  await expect(client.health()).rejects.toMatchObject(bad);
});

test("the body of an error is kept in the message, up to a bound", async () => {
  await using server = await RawServer.start((socket) =>
    socket.write(http(500, "x".repeat(200_000))),
  );
  await using client = new RelayClient(server.url, quick);
  const error = await client.health().catch((reason: Error) => reason);
  expect(error).toMatchObject({
    code: "BAD_RESPONSE",
    message: expect.stringMatching(/500: x{300}…/),
  });
});

test.for([301, 302, 307])("a redirect %i is not followed", async (status) => {
  await using server = await RawServer.start((socket) =>
    socket.write(http(status, "", { location: "/other" })),
  );
  await using client = new RelayClient(server.url, quick);
  await expect(client.listRoutes()).rejects.toMatchObject({
    code: "BAD_RESPONSE",
    message: expect.stringContaining("to /other"),
  });
  expect(server.requests).toHaveLength(1);
});

test.for([
  "",
  "null",
  "[]",
  '"10.0.0.1"',
  "<html>",
  '{"10.0.0.1":"10.0.0.2:1"',
  '{"10.0.0.1":5520}',
  '{"10.0.0.1":"10.0.0.2"}',
  '{"10.0.0.1":"10.0.0.2:99999"}',
  '{"player":"10.0.0.2:1"}',
  '{"__proto__":"10.0.0.2:1"}',
])("the table %j is BAD_RESPONSE", async (body) => {
  await using server = await RawServer.start((socket) => socket.write(http(200, body)));
  await using client = new RelayClient(server.url, quick);
  await expect(client.listRoutes()).rejects.toMatchObject({ code: "BAD_RESPONSE" });
});

test.for(["", "{}", "welcome", '{"status":"no"}'])(
  "status 200 with the body %j is not taken for a change that was made",
  async (body) => {
    await using server = await RawServer.start((socket) => socket.write(http(200, body)));
    await using client = new RelayClient(server.url, quick);
    const bad = { code: "BAD_RESPONSE" };
    await expect(client.setRoute("10.0.0.1", "10.0.0.2:1")).rejects.toMatchObject(bad);
    await expect(client.deleteRoute("10.0.0.1")).rejects.toMatchObject(bad);
    await expect(client.deleteSession("10.0.0.1")).rejects.toMatchObject(bad);
  },
);

test("health() of a relay that says otherwise is UNAVAILABLE", async () => {
  await using server = await RawServer.start((socket) =>
    socket.write(http(200, '{"status":"sick"}')),
  );
  await using client = new RelayClient(server.url, quick);
  await expect(client.health()).rejects.toMatchObject({
    code: "UNAVAILABLE",
    message: expect.stringContaining("sick"),
  });
});

test("an answer that is too long is TOO_LARGE, and its connection is closed", async () => {
  await using server = await RawServer.start((socket) => {
    socket.write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
    const fill = () => {
      while (socket.writable && socket.write(`400\r\n${" ".repeat(0x400)}\r\n`));
    };
    socket.on("drain", fill);
    fill();
  });
  await using client = new RelayClient(server.url, { ...quick, maxAnswerBytes: 100_000 });
  await expect(client.listRoutes()).rejects.toMatchObject({ code: "TOO_LARGE" });
  await eventually(() => expect(server.closed).toBeGreaterThan(0));
});

test.for<[string, RawAnswer]>([
  ["before the head", (socket) => socket.destroy()],
  ["within the head", (socket) => socket.end("HTTP/1.1 200 OK\r\nconte")],
  ["within the body", (socket) => socket.end("HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{")],
  [
    "within a chunk",
    (socket) => socket.end("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n9\r\n{"),
  ],
])("a connection that is cut %s is tried again, then UNAVAILABLE", async ([, answer]) => {
  await using server = await RawServer.start(answer);
  await using client = new RelayClient(server.url, { ...quick, retries: 2 });
  await expect(client.listRoutes()).rejects.toMatchObject({
    code: "UNAVAILABLE",
    cause: expect.any(Error),
  });
  expect(server.requests).toHaveLength(3);
});

test("a keep-alive connection that is closed under the client does no harm", async () => {
  await using server = await RawServer.start((socket) => {
    socket.write(okay);
    socket.destroySoon();
  });
  await using client = new RelayClient(server.url, { ...quick, connections: 1 });
  for (let call = 0; call < 20; call += 1) await client.setRoute("10.0.0.1", "10.0.0.2:1");
  expect(server.requests.length).toBeGreaterThanOrEqual(20);
});

test("connections are kept and used again", async () => {
  await using server = await RawServer.start((socket) => socket.write(okay));
  await using client = new RelayClient(server.url, { ...quick, connections: 1 });
  for (let call = 0; call < 5; call += 1) await client.setRoute("10.0.0.1", "10.0.0.2:1");
  expect(server.connections).toBe(1);
});

test("what is no HTTP is BAD_RESPONSE", async () => {
  await using server = await RawServer.start((socket) =>
    socket.write("220 smtp.example ready\r\n"),
  );
  await using client = new RelayClient(server.url, quick);
  await expect(client.health()).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  expect(server.requests).toHaveLength(1);
});

test("a relay that is not there is UNAVAILABLE", async () => {
  const url = `http://127.0.0.1:${await freePort()}`;
  await using client = new RelayClient(url, { ...quick, retries: 1 });
  await expect(client.listRoutes()).rejects.toMatchObject({
    code: "UNAVAILABLE",
    message: expect.stringContaining("ECONNREFUSED"),
  });
});

test("a relay that comes up between two tries is reached", async () => {
  const port = await freePort();
  let server: Promise<RawServer> | undefined;
  // The jitter is drawn after the first try failed: that is when the relay starts.
  const random = () => {
    server ??= RawServer.start((socket) => socket.write(okay), port);
    return 0;
  };
  await using client = new RelayClient(`http://127.0.0.1:${port}`, { random });
  await client.setRoute("10.0.0.1", "10.0.0.2:1");
  await (await server)?.[Symbol.asyncDispose]();
});
