import { ServerInfoJson } from "@potassium/core-types";
import { expect, test } from "vitest";
import { Registry } from "../src/index.js";
import { infoOfRecord } from "../src/record/registered-server.js";

const skywars = {
  id: "skywars-1",
  type: "game",
  mode: "skywars",
  host: "10.99.0.10",
  port: 5520,
  maxPlayers: 8,
} as const;

test("the example of the README answers at once", () => {
  const registry = new Registry();
  registry.register(skywars);
  expect(registry.list({ type: "game", mode: "skywars", hasReadyMatch: true })).toEqual([]);
  registry.updateMatch("skywars-1", "m1", { status: "ready", need: 8 });
  const ready = registry.list({ type: "game", mode: "skywars", hasReadyMatch: true });
  expect(ready.map((server) => server.id)).toEqual(["skywars-1"]);
  expect(registry.update("skywars-1", { players: 4 }).players).toBe(4);
  expect(registry.update("skywars-1", ({ players }) => ({ players: players + 1 })).players).toBe(5);
  expect(registry.findReadyMatch("skywars")?.matchId).toBe("m1");
});

test("errors are thrown at once, not promised, and are RegistryErrors", () => {
  const registry = new Registry();
  expect(() => registry.register({ ...skywars, port: 0 })).toThrow(
    expect.objectContaining({
      name: "RegistryError",
      code: "INVALID_ARGUMENT",
      field: "port",
      message: "invalid server: port: must be at least 1",
    }),
  );
  expect(() => registry.update("skywars-1", {})).toThrow(
    expect.objectContaining({
      name: "RegistryError",
      code: "NOT_FOUND",
      field: "id",
      message: 'no server "skywars-1" is registered: register it first',
    }),
  );
  const reason = new Error("stop");
  expect(() => registry.get("skywars-1", { signal: AbortSignal.abort(reason) })).toThrow(reason);
});

test("an update shares what it doesn't change with the record before", () => {
  const registry = new Registry();
  const before = registry.register({
    ...skywars,
    matches: { m1: { status: "ready", need: 8 }, m2: { status: "busy", need: 0 } },
  });
  const after = registry.update("skywars-1", { players: 4 });
  expect(after.matches).toBe(before.matches);
  expect(after.metadata).toBe(before.metadata);
  const whole = registry.update("skywars-1", (server) => ({ ...server, players: 5 }));
  expect(whole.matches).toBe(before.matches);
  registry.updateMatch("skywars-1", "m1", { status: "busy", need: 0 });
  expect(registry.get("skywars-1")?.matches["m2"]).toBe(before.matches["m2"]);
});

test("an update that changes nothing gives the same snapshot", () => {
  const registry = new Registry();
  const before = registry.register(skywars);
  expect(registry.update("skywars-1", { players: 0, mode: "skywars" })).toBe(before);
  expect(registry.get("skywars-1")).toBe(before);
});

test("an update function that changes its server by itself is CONFLICT, and its own change stays", () => {
  const registry = new Registry();
  registry.register(skywars);
  const conflict = expect.objectContaining({ name: "RegistryError", code: "CONFLICT" });
  expect(() =>
    registry.update("skywars-1", () => {
      registry.update("skywars-1", { players: 1 });
      return { players: 2 };
    }),
  ).toThrow(conflict);
  expect(registry.get("skywars-1")?.players).toBe(1);
  expect(() =>
    registry.updateMatch("skywars-1", "m1", () => {
      registry.unregister("skywars-1");
      return { status: "ready", need: 1 };
    }),
  ).toThrow(conflict);
  expect(registry.list()).toEqual([]);
});

test("an update function may change other servers", () => {
  const registry = new Registry();
  registry.register(skywars);
  registry.register({ ...skywars, id: "skywars-2" });
  registry.update("skywars-1", () => {
    registry.update("skywars-2", { players: 1 });
    return { players: 2 };
  });
  expect(registry.list().map((server) => server.players)).toEqual([2, 1]);
});

test("a registry's options are checked", () => {
  for (const [field, value] of [
    ["defaultTtlMs", 0],
    ["graceMs", -1],
    ["keptChanges", 1.5],
  ] as const) {
    expect(() => new Registry({ [field]: value })).toThrow(
      expect.objectContaining({ name: "RegistryError", code: "INVALID_ARGUMENT", field }),
    );
  }
});

test("versions and fencing tokens rise with the clock, and when it stands still or goes back", () => {
  let now = 2_000;
  const registry = new Registry({ now: () => now });
  const versions = [registry.register(skywars).version];
  now = 1_000;
  versions.push(registry.updateMatch("skywars-1", "m1", { status: "ready", need: 8 }).need);
  versions[1] = registry.get("skywars-1")?.version ?? 0;
  const claim = registry.claimSeats({ mode: "skywars" });
  versions.push(claim.state === "claimed" ? claim.lease.fencingToken : 0);
  now = 3_000;
  versions.push(registry.update("skywars-1", { players: 1 }).version);
  expect(versions).toEqual([2_000_001, 2_000_002, 2_000_003, 3_000_000]);
});

test("two registries share nothing", () => {
  const [one, two] = [new Registry(), new Registry()];
  one.register(skywars);
  expect(two.list()).toEqual([]);
});

test("a record that the Go library wrote registers, and comes out as Go reads it", () => {
  const registry = new Registry();
  const written = {
    id: "lobby-1",
    type: "lobby",
    mode: "",
    host: "10.99.0.2",
    port: 5521,
    players: 3,
    maxPlayers: 100,
    matches: null,
    Metadata: null,
  };
  const server = registry.register(ServerInfoJson.decode(written));
  expect(ServerInfoJson.encode(infoOfRecord(server))).toEqual({
    ...written,
    matches: {},
    Metadata: {},
    labels: {},
    health: "healthy",
  });
});

test("every snapshot goes over the wire and back unchanged", () => {
  const registry = new Registry();
  registry.register({ ...skywars, webhookPort: 8090, metadata: { region: "eu" } });
  registry.updateMatch("skywars-1", "m1", { status: "ready", need: 3, players: ["ann"] });
  const [server] = registry.list();
  if (server === undefined) throw new Error("nothing is listed");
  const wire: unknown = JSON.parse(JSON.stringify(ServerInfoJson.encode(server)));
  const copy = new Registry().register(ServerInfoJson.decode(wire));
  expect(infoOfRecord(copy)).toStrictEqual(infoOfRecord(server));
});

test("an update by an async function is refused at the change", () => {
  const registry = new Registry();
  registry.register(skywars);
  // Typed as what it is not, as plain JavaScript would pass it.
  const change = (async () => ({})) as unknown as () => object;
  expect(() => registry.update("skywars-1", change)).toThrow(
    expect.objectContaining({ code: "INVALID_ARGUMENT", field: "change" }),
  );
});
