import type { RedisRegistry } from "@potassium/registry/redis";
import { usageError } from "../../exit/usage-error.js";
import type { Context } from "../context.js";
import { readInput } from "../read-input.js";
import type { GivenRedis } from "./redis-options.js";

/** The registry on the Redis that the options or the environment name. It connects at the first call. */
export async function openRegistry(
  { env }: Pick<Context, "env">,
  given: GivenRedis,
): Promise<RedisRegistry> {
  const url = given.redis ?? env["POTASSIUM_REDIS"];
  if (url === undefined || url === "") {
    throw usageError("no Redis is named: give --redis URL or set POTASSIUM_REDIS");
  }
  const tls = await tlsOf(given);
  const { RedisRegistry } = await import("@potassium/registry/redis");
  const { namespace, timeout, grace, keptChanges } = given;
  return new RedisRegistry({
    url,
    tls,
    namespace,
    commandTimeoutMs: timeout,
    graceMs: grace,
    keptChanges,
  });
}

async function tlsOf({ tlsCa, tlsCert, tlsKey }: GivenRedis) {
  if ((tlsCa ?? tlsCert ?? tlsKey) === undefined) return undefined;
  const pem = async (path: string | undefined, what: string) =>
    path === undefined ? undefined : await readInput(path, what);
  return {
    ca: await pem(tlsCa, "authority's certificate"),
    cert: await pem(tlsCert, "certificate"),
    key: await pem(tlsKey, "key"),
  };
}
