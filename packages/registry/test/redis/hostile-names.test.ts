import { availableRedis, canStartRedis } from "@potassium/tooling/engines";
import { afterAll, describe, expect, test } from "vitest";
import { keysOf } from "../../src/redis/script/keys.js";
import { rawRedis } from "./raw-redis.js";
import { gameServer, leaseOf } from "./sample.js";
import { scratchRegistry } from "./scratch-registry.js";

const names = [
  "}",
  "{x}:servers",
  "*",
  "a b",
  "1",
  "-inf",
  "(",
  "[a",
  ":",
  "\u2028",
  "'] redis.call('FLUSHALL') --",
  "constructor",
  '","x":"',
  "é",
  "x".repeat(255),
  "\u{1f3ae}".repeat(127),
];
/** A mode may hold anything. */
const modes = [...names, "", "a\nb", "\r\n", "\0", "\ud800", "\udfff", "\ufffd", "0004null"];

describe.skipIf(!canStartRedis())("hostile names", async () => {
  const redis = await availableRedis();
  afterAll(() => redis.stop());

  test("of servers, matches, players, keys and modes are kept as they are and apart", async () => {
    await using registry = scratchRegistry(redis.url);
    for (const [index, mode] of modes.entries()) {
      const id = names[index] ?? `server-${index}`;
      const matches = Object.fromEntries(names.map((name) => [name, match]));
      await registry.register({ ...gameServer(id), mode, matches, labels: { [id]: "\ud800\n" } });
    }
    for (const [index, mode] of modes.entries()) {
      const id = names[index] ?? `server-${index}`;
      expect((await registry.list({ mode })).map((server) => server.id)).toEqual([id]);
      expect(Object.keys((await registry.get(id))?.matches ?? {}).sort()).toEqual(
        [...names].sort(),
      );
      const seen: string[] = [];
      for (const name of names) {
        const request = { mode, party: [name], idempotencyKey: `${name.slice(0, 200)}${index}` };
        const claim = await registry.claimSeats(request);
        expect(claim).toMatchObject({ state: "claimed", server: { id, mode } });
        const lease = leaseOf(claim);
        expect(leaseOf(await registry.claimSeats(request))).toEqual(lease);
        expect(lease.party).toEqual([name]);
        seen.push(lease.matchId ?? "");
        await registry.confirm(lease.id);
      }
      expect(seen.sort()).toEqual([...names].sort());
      expect(await registry.claimSeats({ mode })).toEqual({ state: "none-free" });
    }
  });

  test("of namespaces touch nothing but their own keys", async () => {
    await using raw = await rawRedis(redis.url);
    for (const namespace of names) {
      await using registry = scratchRegistry(redis.url, { namespace });
      await registry.register(gameServer("a"));
      expect(await raw.keysOf(namespace)).toEqual([...keysOf(namespace)].sort());
    }
    for (const namespace of names) {
      await using registry = scratchRegistry(redis.url, { namespace });
      expect(await registry.unregister("a")).toBe(true);
      await raw.client.del([...keysOf(namespace)]);
    }
  });
});

const match = { status: "ready", need: 1 } as const;
