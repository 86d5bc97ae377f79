import fc from "fast-check";
import { expect, test } from "vitest";
import { describeEndpoint, type Endpoint } from "../../src/endpoint/endpoint.js";
import { parseEndpoint } from "../../src/endpoint/parse-endpoint.js";

const good: readonly (readonly [string, Endpoint])[] = [
  ["unix:///run/docker.sock", { kind: "socket", path: "/run/docker.sock" }],
  ["npipe:////./pipe/docker_engine", { kind: "socket", path: "\\\\.\\pipe\\docker_engine" }],
  ["tcp://10.0.0.5:2376", { kind: "tcp", host: "10.0.0.5", port: 2376, tls: undefined }],
  ["tcp://10.0.0.5", { kind: "tcp", host: "10.0.0.5", port: 2375, tls: undefined }],
  ["tcp://10.0.0.5:80/", { kind: "tcp", host: "10.0.0.5", port: 80, tls: undefined }],
  ["engine.example:2375", { kind: "tcp", host: "engine.example", port: 2375, tls: undefined }],
  ["tcp://[fd00::1]:2375", { kind: "tcp", host: "fd00::1", port: 2375, tls: undefined }],
  ["https://engine.example", { kind: "tcp", host: "engine.example", port: 2376, tls: {} }],
  ["ssh://player@host", { kind: "ssh", destination: "player@host", port: undefined }],
  ["ssh://player@[fd00::1]:2222", { kind: "ssh", destination: "player@fd00::1", port: 2222 }],
];

test.each(good)("%s is read", (text, endpoint) => {
  expect(parseEndpoint(text)).toEqual(endpoint);
});

test.each(good)("%s is the same when it is described and read again", (text, endpoint) => {
  expect(parseEndpoint(describeEndpoint(parseEndpoint(text)))).toEqual(endpoint);
});

test.each([
  "",
  "unix://relative.sock",
  "unix:///a\0b",
  "npipe://",
  "fd://",
  "ftp://host:21",
  "TCP://host:2375",
  "tcp://",
  "tcp://host:0",
  "tcp://host:65536",
  "tcp://host:2375/path",
  "tcp://host:2375?query",
  "tcp://user:password@host:2375",
  "tcp://ho\nst:2375",
  "tcp://[fd00::1",
  "ssh://",
  "ssh://-oProxyCommand=evil",
  "ssh://user@-oProxyCommand=evil",
  "ssh://host:99999",
  "ssh://host/path",
])("%j is refused with INVALID_ARGUMENT", (text) => {
  expect(() => parseEndpoint(text)).toThrow(
    expect.objectContaining({ code: "INVALID_ARGUMENT", field: "host" }),
  );
});

test("whatever the text, it is an endpoint that reads back or INVALID_ARGUMENT", () => {
  const scheme = fc.constantFrom("unix://", "tcp://", "https://", "ssh://", "npipe://", "");
  const text = fc.oneof(fc.string({ unit: "binary" }), fc.webUrl(), fc.ipV6(), fc.domain());
  fc.assert(
    fc.property(scheme, text, fc.option(fc.integer()), (before, rest, port) => {
      const address = `${before}${rest}${port === null ? "" : `:${port}`}`;
      let endpoint: Endpoint;
      try {
        endpoint = parseEndpoint(address);
      } catch (error) {
        expect(error).toMatchObject({ code: "INVALID_ARGUMENT" });
        return;
      }
      expect(parseEndpoint(describeEndpoint(endpoint))).toEqual(endpoint);
    }),
  );
});

test("certificates make a TCP connection one with TLS, on its own port", () => {
  const tls = { ca: "PEM" };
  expect(parseEndpoint("tcp://host", tls)).toEqual({ kind: "tcp", host: "host", port: 2376, tls });
});
