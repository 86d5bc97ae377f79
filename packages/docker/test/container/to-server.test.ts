import { Server } from "@potassium/core-types";
import { expect, test } from "vitest";
import * as z from "zod/mini";
import { Containers } from "../../src/container/containers.js";
import { toLabels, type Wanted } from "../../src/container/wanted.js";
import { FakeEngine } from "../fake-engine/fake-engine.js";
import { json } from "../fake-engine/reply.js";
import { sampleWanted } from "./sample.js";

const wanted: Wanted = {
  ...sampleWanted,
  ports: [{ container: 5520, protocol: "udp", host: 21_001, name: "game" }],
  network: "banananet",
  ip: "10.99.0.10",
  limits: { memoryLimit: 64_000_000 },
  labels: { mode: "skywars" },
};

const row = (addresses: object, more: object = {}) => ({
  Id: "1".repeat(64),
  Names: ["/lobby"],
  Image: "localhost/game:1",
  Labels: toLabels(wanted),
  State: "exited",
  Status: "Exited (3) 2 hours ago",
  NetworkSettings: { Networks: { banananet: addresses } },
  ...more,
});

async function listOf(...rows: readonly object[]) {
  await using engine = await FakeEngine.start();
  engine.on("GET", /^\/containers\/json$/, () => json(200, rows));
  return await new Containers(engine.client(), "test").list();
}

function expectFrozen(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  expect(value).toSatisfy(Object.isFrozen);
  for (const part of Object.values(value)) expectFrozen(part);
}

test("a container of a list is a server, as the schema wants it", async () => {
  const [server] = await listOf(row({ IPAddress: "", GlobalIPv6Address: "FD00::0:1" }));
  expect(server).toStrictEqual({
    id: "1".repeat(64),
    name: "lobby",
    image: "localhost/game:1",
    status: { state: "stopped", exitCode: 3 },
    ip: "fd00::1",
    networks: { banananet: { ipv6: "fd00::1" } },
    ports: [{ container: 5520, protocol: "udp", host: 21_001, name: "game" }],
    limits: { memoryLimit: 64_000_000 },
    labels: { mode: "skywars" },
    createdAt: "2026-01-02T03:04:05.000Z",
    warnings: [],
  });
  expect(z.parse(Server, server)).toEqual(server);
});

test("a stopped container's address is the one that it asked for", async () => {
  const [server] = await listOf(row({ IPAddress: "", GlobalIPv6Address: "" }));
  expect(server).toMatchObject({ ip: "10.99.0.10", networks: { banananet: {} } });
});

test("servers are frozen at every depth, also those whose labels were read before", async () => {
  expectFrozen(await listOf(row({ IPAddress: "10.99.0.10" })));
  expectFrozen(await listOf(row({ IPAddress: "10.99.0.10" })));
});

test.each([
  ["an address that is none", row({ IPAddress: "nowhere" })],
  ["no id", row({}, { Id: undefined })],
  ["a number for a name", row({}, { Names: [7] })],
  ["labels that are no texts", row({}, { Labels: { "potassium.wanted": 7 } })],
])("a row with %s is BAD_RESPONSE", async (_, broken) => {
  await expect(listOf(broken)).rejects.toMatchObject({ code: "BAD_RESPONSE" });
});

test("what an engine may leave out is left out", async () => {
  const bare = row({}, { Status: undefined, NetworkSettings: null });
  const strange = row({}, { Labels: null, NetworkSettings: { Networks: null } });
  expect(await listOf(bare, strange)).toMatchObject([{ networks: {}, ip: "10.99.0.10" }]);
});
