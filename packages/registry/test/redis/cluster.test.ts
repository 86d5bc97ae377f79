import { canStartRedis, privateRedis } from "@potassium/tooling/engines";
import { describe, expect, test } from "vitest";
import { rawRedis } from "./raw-redis.js";
import { gameServer, leaseOf, lobbyServer } from "./sample.js";
import { scratchRegistry } from "./scratch-registry.js";
import { until } from "./until.js";

describe.skipIf(!canStartRedis())("a cluster", () => {
  test("takes every script, since a namespace is in one slot", async () => {
    await using redis = await privateRedis(["--cluster-enabled", "yes"]);
    await using raw = await rawRedis(redis.url);
    await raw.client.sendCommand(["CLUSTER", "ADDSLOTSRANGE", "0", "16383"]);
    await until(async () =>
      String(await raw.client.sendCommand(["CLUSTER", "INFO"])).includes("cluster_state:ok"),
    );
    await using registry = scratchRegistry(redis.url, { namespace: "}{ everywhere" });
    await registry.register(gameServer("a", [2]), { ttlMs: 60_000 });
    await registry.register(lobbyServer("l", 2));
    const changes = registry.watch();
    const lease = leaseOf(await registry.claimSeats({ mode: "skywars", where: { labels: {} } }));
    await registry.extend(lease.id, 1000);
    await registry.confirm(lease.id);
    for await (const change of changes) {
      expect(change).toMatchObject({ kind: "updated", server: { id: "a" } });
      break;
    }
    expect((await registry.claimLobby({ seats: 2 })).state).toBe("claimed");
    expect(await registry.findLobby()).toBeUndefined();
    expect((await registry.list({ type: "game" })).map(({ id }) => id)).toEqual(["a"]);
    expect((await registry.page({}, { limit: 1 })).cursor).toBeDefined();
    expect(await registry.listLeases("l")).toHaveLength(1);
    await registry.heartbeat("a");
    expect(await registry.unregister("l")).toBe(true);
  });
});
