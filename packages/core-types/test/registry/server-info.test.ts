import { expect, test } from "vitest";
import { ServerInfo, ServerInfoJson, type ServerRecord } from "../../src/index.js";
import { serverInfo } from "../arbitrary/server-info.js";
import { expectRoundTrip } from "../round-trip.js";
import { schemaTable } from "../schema-table.js";

const least = { id: "skywars-1", type: "game", host: "10.99.0.10", port: 5520 };
const filledIn = {
  mode: "",
  players: 0,
  maxPlayers: 0,
  matches: {},
  metadata: {},
  labels: {},
  health: "healthy",
};

schemaTable("ServerInfo", ServerInfo, {
  accepts: [
    { ...least, ...filledIn },
    {
      ...least,
      mode: "skywars",
      webhookPort: 8090,
      players: 9,
      maxPlayers: 8,
      matches: {
        m1: { status: "ready", need: 4, players: ["ann"] },
        constructor: { status: "busy", need: 0, players: [] },
      },
      metadata: { region: "eu", toString: "" },
      labels: { tier: "gold", constructor: "" },
      health: "unhealthy",
    },
  ],
  makes: [
    [least, { ...least, ...filledIn }],
    [
      { ...least, ...filledIn, host: "::FFFF:10.0.0.1" },
      { ...least, ...filledIn, host: "10.0.0.1" },
    ],
  ],
  rejects: [
    [null, ""],
    [{ ...least, id: "" }, "id"],
    [{ ...least, id: "x".repeat(256) }, "id"],
    [{ ...least, type: "proxy" }, "type"],
    [{ ...least, mode: "x".repeat(256) }, "mode"],
    [{ ...least, host: "10.0.0.1:1" }, "host"],
    [{ ...least, port: 0 }, "port"],
    [{ ...least, port: 65_536 }, "port"],
    [{ ...least, webhookPort: 0 }, "webhookPort"],
    [{ ...least, players: -1 }, "players"],
    [{ ...least, maxPlayers: 0.5 }, "maxPlayers"],
    [{ ...least, matches: [] }, "matches"],
    [{ ...least, matches: { "": { status: "ready", need: 1 } } }, 'matches[""]'],
    [{ ...least, matches: { m: { status: "ready", need: -1 } } }, "matches.m.need"],
    [{ ...least, metadata: { "a\nb": "x" } }, 'metadata["a\\nb"]'],
    [{ ...least, metadata: { a: 1 } }, "metadata.a"],
    [{ ...least, labels: { "a\nb": "x" } }, 'labels["a\\nb"]'],
    [{ ...least, labels: { a: 1 } }, "labels.a"],
    [{ ...least, health: "ill" }, "health"],
    [{ ...least, health: null }, "health"],
    [JSON.parse('{"id": "a", "metadata": {"__proto__": "x"}}'), "metadata.__proto__"],
    [{ ...least, max_players: 8 }, "max_players"],
  ],
});

test("two servers with defaults don't share their maps", () => {
  const [a, b] = [ServerInfo.parse(least), ServerInfo.parse(least)];
  expect(a.matches).not.toBe(b.matches);
});

test("ServerInfoJson reads a game server as the Go library writes it", () => {
  const written = JSON.parse(`{
    "id": "skywars-1", "type": "game", "mode": "skywars", "host": "10.99.0.10", "port": 5520,
    "webhookPort": 8090, "players": 0, "maxPlayers": 8,
    "matches": {
      "m1": {"status": "ready", "need": 4, "players": null},
      "m2": {"status": "busy", "need": 0, "players": ["ann", "bob"]}
    },
    "Metadata": {"region": "eu"}
  }`);
  const server = {
    id: "skywars-1",
    type: "game",
    mode: "skywars",
    host: "10.99.0.10",
    port: 5520,
    webhookPort: 8090,
    players: 0,
    maxPlayers: 8,
    matches: {
      m1: { status: "ready", need: 4, players: [] },
      m2: { status: "busy", need: 0, players: ["ann", "bob"] },
    },
    metadata: { region: "eu" },
    labels: {},
    health: "healthy",
  };
  expect(ServerInfoJson.decode(written)).toStrictEqual(server);
  expect(ServerInfoJson.encode(ServerInfo.parse(server))).toEqual({
    ...written,
    labels: {},
    health: "healthy",
    matches: { ...written.matches, m1: { status: "ready", need: 4, players: [] } },
  });
});

test("ServerInfoJson reads a lobby with null maps and left out fields", () => {
  const written = `{"id": "lobby-1", "type": "lobby", "mode": "", "host": "10.99.0.2", "port": 5521,
    "players": 3, "maxPlayers": 100, "matches": null, "Metadata": null}`;
  expect(ServerInfoJson.decode(JSON.parse(written))).toStrictEqual({
    id: "lobby-1",
    type: "lobby",
    mode: "",
    host: "10.99.0.2",
    port: 5521,
    players: 3,
    maxPlayers: 100,
    matches: {},
    metadata: {},
    labels: {},
    health: "healthy",
  });
});

test("ServerInfoJson reads labels and health, and what is left out or empty by its default", () => {
  const more = { labels: { region: "eu" }, health: "unhealthy" };
  expect(ServerInfoJson.decode({ ...least, ...more })).toMatchObject(more);
  const empty = ServerInfoJson.decode({ ...least, labels: null, health: "" });
  expect([empty.labels, empty.health]).toEqual([{}, "healthy"]);
});

test("ServerInfoJson writes the fields in Go's order and under Go's names", () => {
  const json = ServerInfoJson.encode(ServerInfo.parse({ ...least, webhookPort: 1 }));
  expect(Object.keys(json)).toEqual([
    "id",
    "type",
    "mode",
    "host",
    "port",
    "webhookPort",
    "players",
    "maxPlayers",
    "matches",
    "Metadata",
    "labels",
    "health",
  ]);
});

test("ServerInfoJson writes nothing of what a registry adds to a server", () => {
  const server = ServerInfo.parse({ ...least, webhookPort: 1 });
  const record: ServerRecord = {
    ...server,
    version: 7,
    registeredAtMs: 1,
    availability: "available",
  };
  expect(ServerInfoJson.encode(record)).toEqual(ServerInfoJson.encode(server));
});

test("ServerInfoJson reads metadata under either name", () => {
  const metadata = { region: "eu" };
  expect(ServerInfoJson.decode({ ...least, metadata }).metadata).toEqual(metadata);
  expect(ServerInfoJson.decode({ ...least, Metadata: null, metadata }).metadata).toEqual(metadata);
  expect(ServerInfoJson.decode({ ...least, Metadata: metadata, metadata: {} }).metadata).toEqual(
    metadata,
  );
});

test("ServerInfoJson leaves out what it doesn't know, at any depth", () => {
  const newer = {
    ...least,
    version: 7,
    matches: { m: { status: "ready", need: 1, lease: { id: "x" } } },
  };
  expect(ServerInfoJson.decode(newer)).toStrictEqual({
    ...least,
    ...filledIn,
    matches: { m: { status: "ready", need: 1, players: [] } },
  });
});

test("ServerInfoJson refuses a bad record and names the field", () => {
  const bad = { ...least, matches: { m: { status: "over", need: 1 } } };
  expect(() => ServerInfoJson.decode(bad)).toThrow(
    expect.objectContaining({ code: "INVALID_ARGUMENT", field: "matches.m.status" }),
  );
});

test("ServerInfoJson reads what it writes", () => {
  expectRoundTrip(ServerInfoJson, serverInfo);
});
