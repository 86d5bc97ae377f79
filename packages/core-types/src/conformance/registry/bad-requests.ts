import assert from "node:assert/strict";
import type { ServerRegistry } from "../../registry/server-registry.js";
import { expectCode } from "../expect-code.js";
import { claimed } from "./claimed.js";
import { fullServer, gameServer } from "./sample-server.js";
import type { RegistryTest } from "./suite.js";

/** A bad field of the options or of the request, and where the error must point. */
type BadField = readonly [field: string, value: unknown, at?: string];
type BadCall = (registry: ServerRegistry, bad: Record<string, never>, leaseId: string) => unknown;

const numbers = [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, "1", null];
const notCounts = [0, ...numbers];
const each = (field: string, values: readonly unknown[]): readonly BadField[] =>
  values.map((value) => [field, value]);

const badTtls = each("ttlMs", notCounts);
const badVersions = each("ifVersion", numbers);
const badWhere: readonly BadField[] = [
  ["where", []],
  ["where", "region=eu"],
  ["where", { host: "two words" }, "where.host"],
  ["where", { labels: { region: 7 } }, "where.labels.region"],
  ["where", { metadata: ["eu"] }, "where.metadata"],
  ["where", { region: "eu" }, "where.region"],
];
const badSeatOrders: readonly BadField[] = [
  ["order", "newest"],
  ["order", ""],
  ["order", null],
  ["order", { metadata: "rating" }],
];
const badServerOrders: readonly BadField[] = [
  ["order", "newest"],
  ["order", null],
  ["order", { metadata: "" }, "order.metadata"],
  ["order", { metadata: "rating", direction: "up" }, "order.direction"],
];
const badRequests: readonly BadField[] = [
  ...each("seats", [...notCounts, 1_000_001]),
  ...each("ttlMs", [...notCounts, 86_400_001]),
  ["party", "ann"],
  ["party", ["ann", ""], "party[1]"],
  ["party", ["a\nb"], "party[0]"],
  ["party", ["__proto__"], "party[0]"],
  ["party", ["ann", "bob", "ann"]],
  ["idempotencyKey", ""],
  ["idempotencyKey", "x".repeat(256)],
  ["idempotencyKey", "a\0b"],
  ["idempotencyKey", 7],
  ...badSeatOrders,
  ...badWhere,
  ["mode", 7],
  ["mode", "x".repeat(256)],
  ["idempotencykey", "key"],
];
const badFinds = [...each("seats", notCounts), ...badSeatOrders, ...badWhere];

const badCalls: readonly (readonly [string, readonly BadField[], BadCall])[] = [
  [
    "register()",
    [...badTtls, ["matches", "merge"], ["matches", null]],
    (registry, bad) => registry.register(gameServer("new"), bad),
  ],
  ["unregister()", badVersions, (registry, bad) => registry.unregister(fullServer.id, bad)],
  ["update()", badVersions, (registry, bad) => registry.update(fullServer.id, { port: 1 }, bad)],
  [
    "updateMatch()",
    badVersions,
    (registry, bad) => registry.updateMatch(fullServer.id, "m", { status: "busy", need: 0 }, bad),
  ],
  ["removeMatch()", badVersions, (registry, bad) => registry.removeMatch(fullServer.id, "m1", bad)],
  [
    "list()",
    [...each("limit", numbers), ...badServerOrders],
    (registry, bad) => registry.list({}, bad),
  ],
  [
    "page()",
    [...each("limit", [...notCounts, 10_001]), ...badServerOrders],
    (registry, bad) => registry.page({}, bad),
  ],
  ["findLobby()", badFinds, (registry, bad) => registry.findLobby(bad)],
  ["findReadyMatch()", badFinds, (registry, bad) => registry.findReadyMatch("skywars", bad)],
  [
    "claimSeats()",
    [["mode", undefined], ["mode", null], ...badRequests],
    (registry, bad) => registry.claimSeats({ mode: "skywars", ...bad }),
  ],
  ["claimLobby()", badRequests, (registry, bad) => registry.claimLobby(bad)],
  [
    "extend()",
    each("ttlMs", [...notCounts, 86_400_001, undefined]),
    (registry, bad, leaseId) => registry.extend(leaseId, bad["ttlMs"] as never),
  ],
  ["heartbeat()", badTtls, (registry, bad) => registry.heartbeat(fullServer.id, bad)],
  ["drain()", each("deadlineMs", numbers), (registry, bad) => registry.drain(fullServer.id, bad)],
  ["watch()", each("from", numbers), (registry, bad) => readOne(registry, bad)],
];

export function testBadRequests(test: RegistryTest): void {
  for (const [what, fields, call] of badCalls) {
    test(`${what} refuses bad options and requests, names the field and changes nothing`, async (registry) => {
      const before = await registry.register(fullServer);
      const { lease } = await claimed(registry.claimSeats({ mode: "skywars" }));
      for (const [field, value, at = field] of fields) {
        const shown = `${field}: ${typeof value === "number" ? value : JSON.stringify(value)}`;
        // Typed as what fits everywhere, since no type lets a bad value through.
        const bad = { [field]: value } as Record<string, never>;
        const error = await expectCode("INVALID_ARGUMENT", () =>
          call(registry, bad, lease.id),
        ).catch((cause) => assert.fail(`${what} with ${shown}: ${cause}`));
        assert.equal(error.field, at, `${what} with ${shown} points at the wrong field`);
      }
      assert.deepEqual(await registry.list(), [before]);
      assert.deepEqual(await registry.listLeases(fullServer.id), [lease]);
    });
  }

  for (const call of ["claimSeats", "claimLobby"] as const) {
    test(`${call}() refuses a party that is larger than the seats`, async (registry) => {
      await registry.register(fullServer);
      const request = { mode: "skywars", party: ["ann", "bob", "cleo"], seats: 2 };
      const error = await expectCode("INVALID_ARGUMENT", () => registry[call](request));
      assert.equal(error.field, "party");
    });

    test(`${call}() refuses what is no request`, async (registry) => {
      await registry.register(fullServer);
      for (const request of [undefined, null, "skywars", 7, []] as never[]) {
        await expectCode("INVALID_ARGUMENT", () => registry[call](request));
      }
      assert.deepEqual(await registry.listLeases(fullServer.id), []);
    });
  }

  test("ids of leases and servers that are none are refused", async (registry) => {
    const before = await registry.register(fullServer);
    for (const value of [undefined, null, 7, [], "", "a\nb", "x".repeat(256)] as never[]) {
      const refused = async (field: string, call: () => unknown) => {
        assert.equal((await expectCode("INVALID_ARGUMENT", call)).field, field);
      };
      await refused("leaseId", () => registry.confirm(value));
      await refused("leaseId", () => registry.extend(value, 1000));
      await refused("leaseId", () => registry.release(value));
      await refused("leaseId", () => registry.getLease(value));
      await refused("serverId", () => registry.listLeases(value));
      await refused("id", () => registry.heartbeat(value));
      await refused("id", () => registry.drain(value));
      await refused("id", () => registry.undrain(value));
    }
    assert.deepEqual(await registry.list(), [before]);
  });
}

/** Begins a watch that has something to tell, if its options are taken. */
async function readOne(registry: ServerRegistry, options: object): Promise<void> {
  const ending = new AbortController();
  const timer = setTimeout(() => ending.abort(), 5000);
  try {
    for await (const _ of registry.watch({ signal: ending.signal, ...options })) return;
  } finally {
    clearTimeout(timer);
  }
}
