import type { RegistryChange } from "@potassium/core-types";
import { canStartRedis, privateRedis } from "@potassium/tooling/engines";
import { describe, expect, test } from "vitest";
import { gameServer, leaseOf, lobbyServer } from "./sample.js";
import { scratchRegistry } from "./scratch-registry.js";

const next = async (changes: AsyncIterable<RegistryChange>): Promise<RegistryChange> => {
  const { value } = await changes[Symbol.asyncIterator]().next();
  return value as RegistryChange;
};

describe.skipIf(!canStartRedis())("a restart of Redis", () => {
  test("without persistence leaves an empty registry whose numbers go on rising", async () => {
    await using redis = await privateRedis();
    await using registry = scratchRegistry(redis.url);
    const changes = registry.watch();
    await registry.register(gameServer("a"));
    expect(await next(changes)).toMatchObject({ kind: "registered" });
    const before = leaseOf(await registry.claimSeats({ mode: "skywars" }));
    const pending = next(changes);
    await redis.kill();
    await redis.start();
    expect(await registry.list()).toEqual([]);
    expect(await registry.getLease(before.id)).toBeUndefined();
    await expect(registry.heartbeat("a")).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(registry.confirm(before.id)).rejects.toMatchObject({ code: "NOT_FOUND" });
    const resync = await pending;
    expect(resync).toMatchObject({ kind: "resync", servers: [] });
    expect(resync.version).toBeGreaterThan(before.fencingToken);
    const again = await registry.register(gameServer("a"));
    expect(again.version).toBeGreaterThan(before.fencingToken);
    expect(await next(changes)).toEqual({
      kind: "registered",
      version: again.version,
      server: again,
    });
    const after = leaseOf(await registry.claimSeats({ mode: "skywars" }));
    expect(after.fencingToken).toBeGreaterThan(again.version);
    await changes[Symbol.asyncIterator]().return?.();
  });

  test("a watch from a version of before gets a resync", async () => {
    await using redis = await privateRedis();
    await using registry = scratchRegistry(redis.url);
    const { version } = await registry.register(gameServer("a"));
    await redis.kill();
    await redis.start();
    const server = await registry.register(gameServer("b"));
    for (const from of [0, version, version + 1]) {
      for await (const change of registry.watch({ from })) {
        expect(change).toMatchObject({ kind: "resync", servers: [server] });
        break;
      }
    }
  });

  test("with an append-only file keeps servers, leases and the place of watches", async () => {
    await using redis = await privateRedis(["--appendonly", "yes", "--appendfsync", "always"]);
    await using registry = scratchRegistry(redis.url);
    const server = await registry.register(gameServer("a", [3]));
    await registry.register(lobbyServer("l", 10), { ttlMs: 60_000 });
    const lease = leaseOf(await registry.claimSeats({ mode: "skywars", seats: 2 }));
    const changes = registry.watch({ from: lease.fencingToken });
    const pending = next(changes);
    await redis.kill();
    await redis.start();
    expect(await registry.get("a")).toEqual(server);
    expect(await registry.getLease(lease.id)).toEqual(lease);
    expect(await registry.claimSeats({ mode: "skywars", seats: 2 })).toEqual({
      state: "none-free",
    });
    await registry.confirm(lease.id);
    expect(await pending).toMatchObject({
      kind: "updated",
      server: { matches: { m1: { need: 1 } } },
    });
    await registry.heartbeat("l");
    expect((await registry.findLobby())?.id).toBe("l");
    await changes[Symbol.asyncIterator]().return?.();
  });

  test("calls that are under way end in an answer or a typed error", async () => {
    await using redis = await privateRedis(["--appendonly", "yes", "--appendfsync", "always"]);
    await using registry = scratchRegistry(redis.url, { commandTimeoutMs: 10_000 });
    await registry.register(gameServer("a", [40]));
    let claimed = 0;
    const calls = Array.from({ length: 400 }, async (_, index) => {
      switch (index % 4) {
        case 0:
          return await registry.claimSeats({ mode: "skywars" }).then((claim) => {
            if (claim.state === "claimed") claimed += 1;
          });
        case 1:
          return await registry.update("a", { metadata: { at: String(index) } });
        case 2:
          return await registry.update("a", ({ players }) => ({ players: players + 1 }));
        default:
          return await registry.get("a");
      }
    });
    await Promise.race(calls);
    await redis.kill();
    await redis.start();
    for (const { status, reason } of (await Promise.allSettled(calls)) as PromiseRejectedResult[]) {
      if (status === "rejected") expect(reason).toMatchObject({ code: "UNAVAILABLE" });
    }
    // Each claim has come to an answer, also those whose first answer was lost.
    expect(claimed).toBe(40);
    expect(await registry.listLeases("a")).toHaveLength(40);
  });
});
