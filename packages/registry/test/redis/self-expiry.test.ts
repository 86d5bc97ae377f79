import { availableRedis, canStartRedis } from "@potassium/tooling/engines";
import { afterAll, describe, expect, test } from "vitest";
import { keysOf } from "../../src/redis/script/keys.js";
import { rawRedis } from "./raw-redis.js";
import { gameServer, leaseOf } from "./sample.js";
import { scratchRegistry, uniqueNamespace } from "./scratch-registry.js";
import { until } from "./until.js";

describe.skipIf(!canStartRedis())("what a crash leaves", async () => {
  const redis = await availableRedis();
  afterAll(() => redis.stop());

  test("vanishes by itself after TTL and grace, with nobody there", async () => {
    await using raw = await rawRedis(redis.url);
    const namespace = uniqueNamespace();
    {
      await using registry = scratchRegistry(redis.url, { namespace, graceMs: 100 });
      await registry.register(gameServer("a"), { ttlMs: 300 });
      await registry.register(gameServer("b"), { ttlMs: 200 });
      const request = { mode: "skywars", ttlMs: 250, idempotencyKey: "k" };
      await registry.confirm(leaseOf(await registry.claimSeats(request)).id);
      await registry.claimSeats({ mode: "skywars", ttlMs: 350 });
      await registry.unregister("b");
    }
    expect(await raw.keysOf(namespace)).toEqual([...keysOf(namespace)].sort());
    await until(async () => (await raw.keysOf(namespace)).length === 0);
  });

  test("stays where a server has no TTL, until that is gone", async () => {
    await using raw = await rawRedis(redis.url);
    const namespace = uniqueNamespace();
    await using registry = scratchRegistry(redis.url, { namespace, graceMs: 0 });
    await registry.register(gameServer("a"), { ttlMs: 10 });
    await registry.register(gameServer("b"));
    await registry.claimSeats({ mode: "skywars", ttlMs: 10 });
    for (const key of keysOf(namespace)) expect(await raw.client.pTTL(key)).toBe(-1);
    await registry.heartbeat("b", { ttlMs: 50 });
    for (const key of keysOf(namespace)) expect(await raw.client.pTTL(key)).toBeGreaterThan(0);
    await until(async () => (await raw.keysOf(namespace)).length === 0);
  });

  test("a namespace that comes back has higher versions and forgets nothing that lives", async () => {
    const namespace = uniqueNamespace();
    await using raw = await rawRedis(redis.url);
    await using registry = scratchRegistry(redis.url, { namespace, graceMs: 0 });
    const before = await registry.register(gameServer("a"), { ttlMs: 1 });
    await until(async () => (await raw.keysOf(namespace)).length === 0);
    const after = await registry.register(gameServer("a"));
    expect(after.version).toBeGreaterThan(before.version);
    expect(leaseOf(await registry.claimSeats({ mode: "skywars" })).fencingToken).toBeGreaterThan(
      after.version,
    );
  });
});
