import { expect, test } from "vitest";
import { RelayClient } from "../../src/index.js";
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

test("the message about a bad URL does not repeat its password", () => {
  expect(() => new RelayClient("http://user:hunter2@localhost")).not.toThrow(/hunter2/);
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
