import assert from "node:assert/strict";
import type { ServerRegistry } from "../../registry/server-registry.js";
import type { AbortOptions } from "../../wait/abort-options.js";
import { expectCode } from "../expect-code.js";
import { claimed } from "./claimed.js";
import { everyCall } from "./every-call.js";
import { fullServer, gameServer } from "./sample-server.js";
import type { RegistryTest } from "./suite.js";

/** Names that are nearly right, and calls for which they matter. */
const misspelt: readonly (readonly [
  call: string,
  name: string,
  value: unknown,
  (registry: ServerRegistry, options: object) => unknown,
])[] = [
  ["register", "ttl", 5, (registry, options) => registry.register(gameServer("new"), options)],
  [
    "unregister",
    "ifversion",
    1,
    (registry, options) => registry.unregister(fullServer.id, options),
  ],
  [
    "update",
    "ifversion",
    1,
    (registry, options) => registry.update(fullServer.id, { players: 1 }, options),
  ],
  ["list", "limits", 1, (registry, options) => registry.list({}, options)],
  ["page", "after", "x", (registry, options) => registry.page({}, options)],
  ["findLobby", "minSeats", 1, (registry, options) => registry.findLobby(options)],
  ["heartbeat", "ttl", 5, (registry, options) => registry.heartbeat(fullServer.id, options)],
  ["drain", "deadline", 5, (registry, options) => registry.drain(fullServer.id, options)],
  // Its own request has it, its options don't.
  [
    "claimSeats",
    "ttlMs",
    5,
    (registry, options) => registry.claimSeats({ mode: "skywars" }, options),
  ],
];

const noSignals = [new AbortController(), {}, "signal", null, 7] as readonly unknown[];

export function testBadOptions(test: RegistryTest): void {
  for (const [name, call] of Object.entries(everyCall)) {
    test(`${name}() refuses an option that it does not know, and changes nothing`, async (registry) => {
      await refuses(registry, "signall", (leaseId) =>
        call(registry, { signall: undefined } as AbortOptions, leaseId),
      );
    });

    test(`${name}() refuses a signal that is none, and changes nothing`, async (registry) => {
      for (const signal of noSignals) {
        const options = { signal } as AbortOptions;
        await refuses(registry, "signal", (leaseId) => call(registry, options, leaseId));
      }
    });
  }

  for (const [call, name, value, make] of misspelt) {
    test(`${call}() refuses the option ${name}, and changes nothing`, async (registry) => {
      await refuses(registry, name, () => make(registry, { [name]: value }));
    });
  }

  test("options that are no object are refused, and change nothing", async (registry) => {
    for (const options of [null, 500, "text", true, [], () => {}] as never[]) {
      const refused = (call: (leaseId: string) => unknown) => refuses(registry, "options", call);
      await refused(() => registry.register(gameServer("new"), options));
      await refused(() => registry.update(fullServer.id, { players: 1 }, options));
      await refused(() => registry.get(fullServer.id, options));
      await refused(() => registry.list({}, options));
      await refused(() => registry.findLobby(options));
      await refused(() => registry.claimSeats({ mode: "skywars" }, options));
      await refused((leaseId) => registry.confirm(leaseId, options));
      await refused(() => registry.heartbeat(fullServer.id, options));
      await refused(() => registry.drain(fullServer.id, options));
      await refused(async () => {
        for await (const _ of registry.watch(options)) break;
      });
    }
  });
}

/** The call must be refused for the field, and leave the registry as it is. */
async function refuses(
  registry: ServerRegistry,
  field: string,
  call: (leaseId: string) => unknown,
): Promise<void> {
  const known = await registry.get(fullServer.id);
  const before = known ?? (await registry.register(fullServer));
  const held = await registry.listLeases(fullServer.id);
  const lease = held[0] ?? (await claimed(registry.claimSeats({ mode: "skywars" }))).lease;
  const error = await expectCode("INVALID_ARGUMENT", () => call(lease.id));
  assert.equal(error.field, field);
  assert.deepEqual(await registry.list(), [before]);
  assert.deepEqual(await registry.listLeases(fullServer.id), [lease]);
}
