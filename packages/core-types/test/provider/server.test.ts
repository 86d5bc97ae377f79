import { expect, test } from "vitest";
import { Server, ServerJson } from "../../src/index.js";
import { server } from "../arbitrary/server.js";
import { expectRoundTrip } from "../round-trip.js";
import { schemaTable } from "../schema-table.js";

const least = {
  id: "f00",
  name: "skywars-1",
  image: "",
  status: { state: "running" },
  networks: {},
  ports: [],
  limits: {},
  labels: {},
  createdAt: "2026-01-02T03:04:05Z",
  warnings: [],
};

schemaTable("Server", Server, {
  accepts: [
    least,
    {
      ...least,
      ip: "10.99.0.10",
      networks: { banananet: { ip: "10.99.0.10", ipv6: "fd00::10" }, other: {} },
      ports: [{ container: 5520, protocol: "udp", host: 5521, name: "game" }],
      limits: { cpuLimit: 0.5 },
      labels: { mode: "skywars" },
      warnings: ["no swap limit support"],
    },
  ],
  rejects: [
    [{ ...least, id: "" }, "id"],
    [{ ...least, name: "" }, "name"],
    [{ ...least, status: "running" }, "status"],
    [{ ...least, status: { state: "gone" } }, "status.state"],
    [{ ...least, ip: "" }, "ip"],
    [{ ...least, networks: { a: { ip: "x" } } }, "networks.a.ip"],
    [{ ...least, ports: [{ container: 0, protocol: "udp" }] }, "ports[0].container"],
    [{ ...least, limits: { cpuLimit: 0 } }, "limits.cpuLimit"],
    [{ ...least, labels: { a: 1 } }, "labels.a"],
    [{ ...least, createdAt: "" }, "createdAt"],
    [{ ...least, warnings: [1] }, "warnings[0]"],
  ],
});

test("ServerJson reads a server of the Go library", () => {
  const written = {
    id: "f00",
    name: "/skywars-1",
    status: "running",
    ip: "10.99.0.10",
    ports: { "5520": 5521, "25575/tcp": 25_575 },
    cpu_limit: 1.5,
    memory_limit: 1_073_741_824,
  };
  expect(ServerJson.decode(written)).toStrictEqual({
    ...least,
    ip: "10.99.0.10",
    ports: [
      { container: 5520, protocol: "udp", host: 5521 },
      { container: 25_575, protocol: "tcp", host: 25_575 },
    ],
    limits: { cpuLimit: 1.5, memoryLimit: 1_073_741_824 },
    createdAt: "1970-01-01T00:00:00Z",
  });
});

test.each([
  ["running", { state: "running" }],
  ["stopped", { state: "stopped", exitCode: 0 }],
  ["error", { state: "error", message: "" }],
] as const)("ServerJson reads Go's status %s", (status, expected) => {
  const written = { id: "f00", name: "a", status, ip: "", ports: null };
  expect(ServerJson.decode(written).status).toStrictEqual(expected);
});

test("ServerJson writes Go's fields beside the full ones", () => {
  const value = Server.parse({
    ...least,
    status: { state: "stopped", exitCode: 137, outOfMemory: true },
    ports: [
      { container: 5520, protocol: "udp", host: 5521 },
      { container: 5520, protocol: "tcp", host: 5522 },
      { container: 7, protocol: "tcp" },
    ],
    limits: { memoryLimit: 1 },
  });
  expect(ServerJson.encode(value)).toMatchObject({
    id: "f00",
    name: "skywars-1",
    status: "stopped",
    ip: "",
    ports: { "5520": 5521 },
    memory_limit: 1,
    status_detail: { state: "stopped", exit_code: 137, out_of_memory: true },
    port_bindings: value.ports,
  });
});

test("ServerJson leaves out what it doesn't know, at any depth", () => {
  const json = {
    ...ServerJson.encode(Server.parse(least)),
    zone: "a",
    status_detail: { state: "running", health: { ok: true } },
    port_bindings: [{ container: 1, protocol: "udp", address: "::" }],
    networks: { a: { ip: "10.0.0.1", mac_address: "x" } },
  };
  expect(ServerJson.decode(json)).toStrictEqual({
    ...least,
    ports: [{ container: 1, protocol: "udp" }],
    networks: { a: { ip: "10.0.0.1" } },
  });
});

test.each([
  [{ id: "f00", name: "a", status: "exited" }, "status.state"],
  [{ id: "f00", name: "a", status: "running", ports: { http: 80 } }, "ports[0].container"],
  [{ id: "f00", name: "a", status: "running", ports: { "1": 0 } }, "ports[0].host"],
  [{ name: "a", status: "running" }, "id"],
  [{ id: "f00", name: "a", status: "running", ip: "localhost" }, "ip"],
])("ServerJson refuses %o and names %s", (json, field) => {
  expect(() => ServerJson.decode(json)).toThrow(
    expect.objectContaining({ code: "INVALID_ARGUMENT", field }),
  );
});

test("ServerJson reads what it writes", () => {
  expectRoundTrip(ServerJson, server);
});
