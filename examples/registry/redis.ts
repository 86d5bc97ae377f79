// #region redis
import { RedisRegistry } from "@potassium/registry/redis";

const url = process.env["REDIS_URL"] ?? "redis://127.0.0.1:6379";
const namespace = process.env["REGISTRY_NAMESPACE"] ?? "eu";

// Each process makes its own; those of one namespace are one registry.
await using registry = new RedisRegistry({ url, namespace, defaultTtlMs: 10_000 });

await registry.register({
  id: "skywars-1",
  type: "game",
  mode: "skywars",
  host: "10.99.0.10",
  port: 5520,
});
await registry.updateMatch("skywars-1", "match-1", { status: "ready", need: 8 });

// Eight matchmakers that want five seats each: one gets them.
const claims = await Promise.all(
  Array.from({ length: 8 }, () => registry.claimSeats({ mode: "skywars", seats: 5 })),
);
console.log(claims.filter(({ state }) => state === "claimed").length); // 1

// Everything that happens, from all processes.
for await (const change of registry.watch({ from: 0 })) {
  console.log(change.kind, change.version);
  break;
}
// #endregion
