import type { Route, RouteTable } from "@potassium/core-types";
import { expect, test } from "vitest";
import { RelayClient, routeDifference, type SyncOptions } from "../../src/index.js";
import { startRelay } from "../../src/server/index.js";
import { http, RawServer } from "../fixture/raw-server.js";

const table = { "10.0.0.1": "10.99.0.10:1", "10.0.0.2": "10.99.0.10:1" };
const routes = Object.entries(table).map(([playerIp, backend]) => ({ playerIp, backend }));
const invalid = (field: string) => ({ name: "RelayError", code: "INVALID_ARGUMENT", field });

/** A sync as plain JavaScript may call it, on a relay that has the table. */
async function rejectedSync(desired: unknown, options: unknown, field: string): Promise<string> {
  await using relay = await startRelay();
  await using client = new RelayClient(relay.url);
  await client.setRoutes(routes);
  const error = await client.sync(desired as RouteTable, options as SyncOptions).catch((e) => e);
  expect(error).toMatchObject(invalid(field));
  expect(await client.listRoutes()).toEqual(table);
  return error.message;
}

test.for([
  ["a Map", new Map(Object.entries(table))],
  ["a promise that was not awaited", Promise.resolve(table)],
  ["a list of routes", routes],
  ["an empty list", []],
  ["a Set", new Set(routes)],
  ["a string", ""],
  ["null", null],
  ["nothing", undefined],
] as const)("sync with %s for a table deleted every route", async ([, desired]) => {
  expect(await rejectedSync(desired, undefined, "desired")).toMatch(/must be an object/);
});

test.for([
  ["a misspelt dryRun", { dryrun: true }, "dryrun"],
  ["a dryRun that is no boolean", { dryRun: "yes" }, "dryRun"],
  ["a list for keep", { keep: ["10.0.0.1", "10.0.0.2"] }, "keep"],
  ["an object for onResult", { onResult: {} }, "onResult"],
  ["true for options", true, "options"],
] as const)("sync with %s deleted every route", async ([, options, field]) => {
  await rejectedSync({}, options, field);
});

test.for<[string, unknown]>([
  ["is async and answers false", async () => false],
  ["is async and rejects", () => Promise.reject(new Error("unheard"))],
  ["forgets to return", () => undefined],
  ["answers with text", () => "no"],
])("a keep that %s is refused, and nothing is changed", async ([, keep]) => {
  expect(await rejectedSync({}, { keep }, "keep")).toMatch(/true or false at once, not /);
});

test("an empty table still deletes every route, also one without a prototype", async () => {
  await using relay = await startRelay();
  await using client = new RelayClient(relay.url);
  await client.setRoutes(routes);
  const none = Object.freeze(Object.create(null));
  expect((await client.sync(none)).changes).toHaveLength(2);
  expect(await client.listRoutes()).toEqual({});
});

test("routeDifference refuses what is no table and an async keep", () => {
  const map = new Map() as unknown as RouteTable;
  const keep = (async () => false) as unknown as () => boolean;
  const message = (field: string) => expect.objectContaining(invalid(field));
  expect(() => routeDifference(map, table)).toThrow(message("desired"));
  expect(() => routeDifference(table, map)).toThrow(message("actual"));
  expect(() => routeDifference({}, table, keep)).toThrow(message("keep"));
});

test.for([
  ["an object", {}],
  ["a string", ""],
  ["a promise", Promise.resolve([])],
  ["a number", 2],
  ["nothing", undefined],
] as const)("%s for a list resolved to no results", async ([, list]) => {
  await using client = new RelayClient("http://127.0.0.1:1");
  const given = list as unknown as never[];
  await expect(client.setRoutes(given)).rejects.toMatchObject(invalid("routes"));
  await expect(client.deleteRoutes(given)).rejects.toMatchObject(invalid("playerIps"));
});

test("a list may be anything that can be walked through", async () => {
  await using relay = await startRelay();
  await using client = new RelayClient(relay.url);
  const walk = function* (): Generator<Route> {
    yield* routes;
  };
  expect(await client.setRoutes(walk())).toHaveLength(2);
  expect(await client.deleteRoutes(new Set(Object.keys(table)))).toHaveLength(2);
});

test("a table with one malformed route is BAD_RESPONSE as a whole, and sync deletes nothing", async () => {
  const body = JSON.stringify({ ...table, "10.0.0.3": "no backend" });
  await using server = await RawServer.start((socket) => socket.write(http(200, body)));
  await using client = new RelayClient(server.url);
  const message = expect.stringContaining('"10.0.0.3":"no backend"');
  await expect(client.listRoutes()).rejects.toMatchObject({ code: "BAD_RESPONSE", message });
  await expect(client.sync({})).rejects.toMatchObject({ code: "BAD_RESPONSE", message });
  expect(server.requests.map((request) => request.split(" ")[0])).toEqual(["GET", "GET"]);
});
