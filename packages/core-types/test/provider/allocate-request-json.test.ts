import { expect, test } from "vitest";
import { AllocateRequest, AllocateRequestJson } from "../../src/index.js";
import { allocateRequest } from "../arbitrary/allocate-request.js";
import { expectRoundTrip } from "../round-trip.js";

const image = "localhost/hytale-server";

test("AllocateRequestJson reads a request with Go's zero values, and writes it byte for byte", () => {
  // What json.Marshal gives for AllocateRequest{Image: …}.
  const written = `{"image":"${image}","environment":null,"volumes":null,"ports":null}`;
  const request = AllocateRequestJson.decode(JSON.parse(written));
  expect(request).toStrictEqual({ image });
  expect(JSON.stringify(AllocateRequestJson.encode(request))).toBe(written);
});

test("AllocateRequestJson reads a whole request of the Go library, and writes it so that Go reads it", () => {
  const written = {
    image,
    name: "skywars-1",
    environment: { SERVER_ID: "test-1" },
    volumes: { "/srv/world": "/data", plugins: "/plugins:ro" },
    ports: [
      { host: 5521, container: 5520, protocol: "udp", name: "game" },
      { host: 0, container: 25_575, protocol: "tcp", range: "25565-25599" },
    ],
    network: "banananet",
    ip: "10.99.0.10",
    memory_limit: 1_073_741_824,
    cpu_limit: 1.5,
    disk_io_read_bps: 1_000_000,
    disk_io_write_bps: 2_000_000,
    disk_size_limit: 10_000_000_000,
    pids_limit: 512,
    memory_swap: -1,
  };
  const request = AllocateRequestJson.decode(written);
  expect(request).toStrictEqual({
    image,
    name: "skywars-1",
    environment: { SERVER_ID: "test-1" },
    volumes: [
      { source: "/srv/world", target: "/data" },
      { source: "plugins", target: "/plugins", readOnly: true },
    ],
    ports: [
      { host: 5521, container: 5520, protocol: "udp", name: "game" },
      { container: 25_575, protocol: "tcp", range: "25565-25599" },
    ],
    network: "banananet",
    ip: "10.99.0.10",
    memoryLimit: 1_073_741_824,
    cpuLimit: 1.5,
    diskIoReadBps: 1_000_000,
    diskIoWriteBps: 2_000_000,
    diskSizeLimit: 10_000_000_000,
    pidsLimit: 512,
    memorySwap: -1,
  });
  expect(AllocateRequestJson.encode(request)).toEqual(written);
});

test("AllocateRequestJson writes what Go doesn't know in snake_case", () => {
  const request = AllocateRequest.parse({
    image,
    ports: [{ container: 1, protocol: "tcp" }],
    restartPolicy: { name: "on-failure", maxRetries: 2 },
    stop: { graceMs: 5, command: { type: "console", line: "save all" } },
    readiness: { type: "tcp", timeoutMs: 7 },
    idempotencyKey: "k",
  });
  expect(AllocateRequestJson.encode(request)).toMatchObject({
    restart_policy: { name: "on-failure", max_retries: 2 },
    stop: { grace_ms: 5, command: { type: "console", line: "save all" } },
    readiness: { type: "tcp", timeout_ms: 7 },
    idempotency_key: "k",
  });
});

test("AllocateRequestJson leaves out what it doesn't know, at any depth", () => {
  const json = {
    image,
    gpu: 1,
    ports: [{ host: 0, container: 1, protocol: "udp", ipv6_only: true }],
    volumes: [{ source: "a", target: "/a", propagation: "shared" }],
    restart_policy: { name: "always", delay_ms: 5 },
    stop: { grace_ms: 5, afterwards: "x", command: { type: "exec", command: ["a"], as_user: "b" } },
    readiness: { type: "udp", probe: { send: "00", repeat_count: 3 }, jitter: 1 },
  };
  expect(AllocateRequestJson.decode(json)).toStrictEqual({
    image,
    ports: [{ container: 1, protocol: "udp" }],
    volumes: [{ source: "a", target: "/a" }],
    restartPolicy: { name: "always" },
    stop: { graceMs: 5, command: { type: "exec", command: ["a"] } },
    readiness: { type: "udp", probe: { send: "00" } },
  });
});

test.each([
  [{}, "image"],
  [{ image, ports: [{ container: 1, protocol: "sctp" }] }, "ports[0].protocol"],
  [{ image, ports: [{ host: 70_000, container: 1, protocol: "udp" }] }, "ports[0].host"],
  [{ image, memory_limit: -5 }, "memoryLimit"],
  [{ image, environment: { A: 1 } }, "environment.A"],
  [{ image, stop: { grace_ms: -1 } }, "stop.graceMs"],
  [{ image, ip: "10.0.0.1" }, "ip"],
  [[], "allocate request"],
])("AllocateRequestJson refuses %o and names %s", (json, field) => {
  expect(() => AllocateRequestJson.decode(json)).toThrow(
    expect.objectContaining({ code: "INVALID_ARGUMENT", field }),
  );
});

test("AllocateRequestJson reads what it writes", () => {
  expectRoundTrip(AllocateRequestJson, allocateRequest);
});
