import type { AbortOptions } from "@potassium/core-types";
import { expect, test } from "vitest";
import {
  type KeepOptions,
  type ManyOptions,
  RelayClient,
  RouteKeeper,
  type RouteKeeperOptions,
} from "../../src/index.js";
import { type RelayOptions, startRelay } from "../../src/server/index.js";
import { FakeClock } from "../fixture/fake-clock.js";
import { TableRelay } from "../fixture/table-relay.js";

const invalid = (field: string) => ({ name: "RelayError", code: "INVALID_ARGUMENT", field });
const thrown = (field: string) => expect.objectContaining(invalid(field));
const ip = "10.0.0.1";
const lobby = "10.99.0.10:5520";

test.for([
  [{ token: "secret" }, "token"],
  [{ timeout: 5 }, "timeout"],
  [{ serviceToken: 5 }, "serviceToken"],
  [{ random: 0.5 }, "random"],
  [{ timeoutMs: "5" }, "timeoutMs"],
  ["secret", "options"],
  [null, "options"],
] as const)("a RelayClient passed over the options %j", ([options, field]) => {
  expect(() => new RelayClient("http://localhost", options as object)).toThrow(thrown(field));
});

test.for([
  [{ token: "secret" }, "token"],
  [{ udp: 5520 }, "udp"],
  [{ port: 5 }, "port"],
  [{ udp: { prot: 5520 } }, "udp.prot"],
  [{ api: { address: "127.0.0.1" } }, "api.address"],
  [{ api: { host: 5 } }, "api.host"],
  [{ packetRate: { perSecond: 5, bursts: 7 } }, "packetRate.bursts"],
  [{ sessionRate: 5 }, "sessionRate"],
  [{ sessionRatePerIp: { perSecond: "5" } }, "sessionRatePerIp.perSecond"],
  [{ resolveHost: {} }, "resolveHost"],
  [{ now: 0 }, "now"],
  [{ signal: new AbortController() }, "signal"],
  ["x", "options"],
] as const)("startRelay passed over the options %j", async ([options, field]) => {
  const started = startRelay(options as RelayOptions).then((relay) => relay.close());
  await expect(started).rejects.toMatchObject(invalid(field));
});

test("a service token under another name started an API that was open to all", async () => {
  const started = startRelay({ token: "secret" } as RelayOptions).then((relay) => relay.close());
  await expect(started).rejects.toThrow(/did you mean serviceToken\?/);
});

test.for([
  [{ interval: 5 }, "interval"],
  [{ jitter: "0.5" }, "jitter"],
  [{ random: 0.5 }, "random"],
  [{ clock: {} }, "clock.now"],
  [{ clock: { now: () => 0 } }, "clock.after"],
  [5_000, "options"],
] as const)("a RouteKeeper passed over the options %j", ([options, field]) => {
  const make = () => new RouteKeeper(new TableRelay(), options as RouteKeeperOptions);
  expect(make).toThrow(thrown(field));
});

test("a keeper's set, touch and delete passed over what they do not know", async () => {
  await using keeper = new RouteKeeper(new TableRelay(), { clock: new FakeClock() });
  const misspelt = { ttl: 5 } as KeepOptions;
  expect(() => keeper.set(ip, lobby, misspelt)).toThrow(thrown("ttl"));
  expect(keeper.list()).toEqual([]);
  keeper.set(ip, lobby, { owner: "ann" });
  expect(() => keeper.touch(ip, misspelt)).toThrow(thrown("ttl"));
  // Without its owner, this gave up the claims of all.
  expect(() => keeper.delete(ip, "bob" as unknown as KeepOptions)).toThrow(thrown("options"));
  expect(() => keeper.delete(ip, { user: "bob" } as KeepOptions)).toThrow(thrown("user"));
  expect(keeper.get(ip)?.claims).toHaveLength(1);
});

test("a controller in place of its signal was a raw TypeError, in every call of the client", async () => {
  await using client = new RelayClient("http://127.0.0.1:1");
  const options = { signal: new AbortController() } as unknown as AbortOptions;
  const calls: readonly ((options: AbortOptions & ManyOptions<unknown>) => Promise<unknown>)[] = [
    (given) => client.setRoute(ip, lobby, given),
    (given) => client.deleteRoute(ip, given),
    (given) => client.deleteSession(ip, given),
    (given) => client.setRoutes([], given),
    (given) => client.deleteRoutes([], given),
    (given) => client.sync({}, given),
    (given) => client.listRoutes(given),
    (given) => client.health(given),
  ];
  for (const call of calls) {
    await expect(call(options)).rejects.toMatchObject(invalid("signal"));
    const misspelt = { singal: AbortSignal.abort() } as AbortOptions;
    await expect(call(misspelt)).rejects.toMatchObject(invalid("singal"));
  }
});

test("a controller in place of its signal was a raw TypeError, in every call of a keeper", async () => {
  await using keeper = new RouteKeeper(new TableRelay(), { clock: new FakeClock() });
  const options = { signal: new AbortController() } as unknown as AbortOptions;
  await expect(keeper.applied(ip, options)).rejects.toMatchObject(invalid("signal"));
  await expect(keeper.settled(options)).rejects.toMatchObject(invalid("signal"));
  await expect(keeper.check(options)).rejects.toMatchObject(invalid("signal"));
  await expect(keeper.adopt(() => ({}), options)).rejects.toMatchObject(invalid("signal"));
  expect(() => keeper.events(options)).toThrow(thrown("signal"));
});
