import { expect, test } from "vitest";
import { RelayClient } from "../../src/index.js";
import { startRelay } from "../../src/server/index.js";
import { http, RawServer } from "../fixture/raw-server.js";

test.for([
  ["", "/routes"],
  ["/", "/routes"],
  ["/peel", "/peel/routes"],
  ["/a/b//", "/a/b/routes"],
  ["/a%20b/", "/a%20b/routes"],
])("the base path %j is put before each call: %s", async ([base, path]) => {
  await using server = await RawServer.start((socket) => socket.write(http(200, "{}")));
  await using client = new RelayClient(server.url + base);
  await client.listRoutes();
  expect(server.requests[0]?.split(" ").slice(0, 2)).toEqual(["GET", path]);
});

test.for([
  "",
  "localhost:8080",
  "ftp://localhost",
  "/routes",
  "http://",
  "http://user:pass@localhost:8080",
  "http://localhost:8080/?token=1",
  "http://localhost:8080/#top",
])("the URL %j is INVALID_ARGUMENT", (url) => {
  expect(() => new RelayClient(url)).toThrow(
    expect.objectContaining({ name: "RelayError", code: "INVALID_ARGUMENT", field: "url" }),
  );
});

test.for([
  ["", /must not be empty/],
  ["localhost:8080", /does not begin with http:\/\/ or https:\/\//],
  ["/routes", /does not begin with http:\/\/ or https:\/\//],
  ["ftp://localhost", /has a scheme other than http: and https:/],
  ["http://", /has no host/],
  ["http://:8080", /has no host/],
  ["http://localhost:port", /has a port that is no whole number up to 65535/],
  ["http://localhost:70000", /has a port that is no whole number up to 65535/],
  ["http://local host", /has a malformed host/],
  ["http://[fd00::1", /has a malformed host/],
  [5, /must be a string or a URL, not a number/],
  [undefined, /must be a string or a URL, not undefined/],
  [{}, /must be a string or a URL, not an object/],
] as const)("a bad URL was told of without its cause: %j", ([url, cause]) => {
  const make = () => new RelayClient(url as string);
  expect(make).toThrow(expect.objectContaining({ code: "INVALID_ARGUMENT", field: "url" }));
  expect(make).toThrow(cause);
});

test("a URL object is as good as its text", () => {
  expect(new RelayClient(new URL("http://localhost:8080/peel/")).url).toBe(
    "http://localhost:8080/peel",
  );
});

test("https: in the URL of a relay that speaks plain HTTP is named as the likely cause", async () => {
  await using relay = await startRelay();
  await using client = new RelayClient(relay.url.replace("http:", "https:"), { retries: 0 });
  await expect(client.health()).rejects.toMatchObject({
    code: "UNAVAILABLE",
    message: expect.stringMatching(/^[^\n]*does the URL need http: instead of https:\?$/),
  });
});

test("the message about a bad URL does not repeat its password", () => {
  for (const url of [
    "http://user:hunter2@localhost",
    "user:hunter2@a",
    "x://u:hunter2@a",
    "http://u:hunter2@",
  ]) {
    expect(() => new RelayClient(url)).toThrow(/^(?!.*hunter2)/);
  }
});

test("url says where the relay is, without a slash at its end", () => {
  expect(new RelayClient("HTTP://LocalHost:8080/peel/").url).toBe("http://localhost:8080/peel");
});

test.for([
  [{ timeoutMs: 0 }, "timeoutMs"],
  [{ timeoutMs: Number.POSITIVE_INFINITY }, "timeoutMs"],
  [{ retries: -1 }, "retries"],
  [{ connections: 1.5 }, "connections"],
  [{ maxAnswerBytes: Number.NaN }, "maxAnswerBytes"],
  [{ serviceToken: "" }, "serviceToken"],
  [{ serviceToken: "a\r\nb: c" }, "serviceToken"],
] as const)("the options %j are INVALID_ARGUMENT", ([options, field]) => {
  expect(() => new RelayClient("http://localhost", options)).toThrow(
    expect.objectContaining({ code: "INVALID_ARGUMENT", field }),
  );
});
