import type { RelayRoutes } from "@potassium/core-types";
import { expect, test } from "vitest";
import { type KeepOptions, RouteKeeper } from "../../src/index.js";
import { FakeClock } from "../fixture/fake-clock.js";
import { TableRelay } from "../fixture/table-relay.js";

const invalid = (field: string) => ({ name: "RelayError", code: "INVALID_ARGUMENT", field });
const lobby = "10.99.0.10:5520";

test.for([
  ["a URL", "http://localhost:8080", "a string"],
  ["nothing", undefined, "undefined"],
  ["null", null, "null"],
  ["an object with some of the calls", { setRoute() {} }, "an object without deleteRoute()"],
  ["a class in place of its instance", TableRelay, "a function"],
] as const)("%s for a relay made a keeper whose every look failed", ([, relay, kind]) => {
  const make = () => new RouteKeeper(relay as unknown as RelayRoutes);
  expect(make).toThrow(expect.objectContaining(invalid("relay")));
  expect(make).toThrow(`must be a RelayClient or another RelayRoutes, not ${kind};`);
});

test("a keeper with a bad relay or a bad option leaves no timer behind", () => {
  const clock = new FakeClock();
  const noRelay = "x" as unknown as RelayRoutes;
  expect(() => new RouteKeeper(noRelay, { clock })).toThrow();
  expect(() => new RouteKeeper(new TableRelay(), { clock, jitter: 2 })).toThrow();
  expect(clock.timers).toBe(0);
});

test.for<[string, unknown, string]>([
  ["no function", undefined, "choose"],
  ["options", { owner: "ann" }, "choose"],
  ["an async function", async () => undefined, "choose"],
  ["a function that rejects", () => Promise.reject(new Error("unheard")), "choose"],
  ["a function that answers true", () => true, "options"],
  ["a function that misspells ttlMs", () => ({ ttl: 5 }), "ttl"],
])("adopt with %s took over every route, or failed raw", async ([, choose, field]) => {
  const relay = new TableRelay();
  relay.table.set("10.0.0.1", lobby);
  await using keeper = new RouteKeeper(relay, { clock: new FakeClock() });
  const adopted = keeper.adopt(choose as unknown as () => KeepOptions);
  await expect(adopted).rejects.toMatchObject(invalid(field));
  expect(keeper.list()).toEqual([]);
});

test("where choose answers badly about one route, adopt took over those before it", async () => {
  const relay = new TableRelay();
  for (const last of [1, 2, 3]) relay.table.set(`10.0.0.${last}`, lobby);
  await using keeper = new RouteKeeper(relay, { clock: new FakeClock() });
  const choose = (ip: string) => ({ ttlMs: ip === "10.0.0.3" ? 0 : 1_000 });
  await expect(keeper.adopt(choose)).rejects.toMatchObject(invalid("ttlMs"));
  expect(keeper.list()).toEqual([]);
});

test("a route that choose sets itself is not overwritten by what the relay has", async () => {
  const relay = new TableRelay();
  for (const last of [1, 2]) relay.table.set(`10.0.0.${last}`, lobby);
  await using keeper = new RouteKeeper(relay, { clock: new FakeClock() });
  const choose = () => {
    keeper.set("10.0.0.2", "10.99.0.11:5520");
    return {};
  };
  expect(await keeper.adopt(choose)).toBe(1);
  await keeper.settled();
  expect(relay.table.get("10.0.0.2")).toBe("10.99.0.11:5520");
});
