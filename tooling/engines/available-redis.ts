import { execFileSync } from "node:child_process";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type OwnRedis, startRedis } from "./redis.mjs";

/**
 * Whether this machine has a `redis-server`, of which tests can start their own. That it is missing is said loudly; where
 * `POTASSIUM_REQUIRE` names `redis` it must not be.
 */
export function canStartRedis(): boolean {
  try {
    execFileSync("redis-server", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    const text = "no redis-server on the PATH: its tests need one";
    const required = (process.env["POTASSIUM_REQUIRE"] ?? "").split(",");
    if (required.includes("redis")) throw new Error(text);
    console.warn(`SKIPPED: ${text}`);
    return false;
  }
}

/** A Redis of the test's own, which it may kill. It ends with the scope that uses it. */
export async function privateRedis(args?: readonly string[]): Promise<OwnRedis & AsyncDisposable> {
  const redis = await startRedis(await mkdtemp(join(tmpdir(), "potassium-redis-")), args);
  return Object.assign(redis, { [Symbol.asyncDispose]: () => redis.stop() });
}

/** The Redis that `POTASSIUM_REDIS_URL` names, for tests that leave it as it is, or one of their own. */
export async function availableRedis(): Promise<Pick<OwnRedis, "url" | "stop">> {
  const url = process.env["POTASSIUM_REDIS_URL"];
  return url ? { url, stop: async () => {} } : await privateRedis();
}
