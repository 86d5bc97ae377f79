import { optionNames } from "@potassium/core-types";
import { checkOptions } from "../check-options.js";
import { parseClock, parseCount, parseId, parseServerTtl } from "../parse-argument.js";
import { parseRedisTls, type RedisTls } from "./redis-tls.js";
import { parseRedisUrl } from "./redis-url.js";

export interface RedisRegistryOptions {
  /** `redis://[user:password@]host[:6379][/database]`, `user` and `password` percent-encoded; `rediss:` for TLS. */
  readonly url: string | URL;
  readonly tls?: RedisTls | undefined;
  /** Registries of one namespace on one Redis are one registry. @default "default" */
  readonly namespace?: string | undefined;
  /** The TTL of servers that are registered without one, in milliseconds: up to a year. @default never */
  readonly defaultTtlMs?: number | undefined;
  /** How long an expired server is kept, in milliseconds. The same for all registries of a namespace. @default 60_000 */
  readonly graceMs?: number | undefined;
  /** How many changes are kept for watches that are behind. @default 10_000 */
  readonly keptChanges?: number | undefined;
  /** How long a call waits for a connection and for each answer, in milliseconds: up to 600,000. @default 5000 */
  readonly commandTimeoutMs?: number | undefined;
  /** The time in milliseconds since 1970; for tests. @default Redis's own time */
  readonly now?: (() => number) | undefined;
}

export interface RedisSettings {
  readonly url: URL;
  readonly tls: RedisTls | undefined;
  readonly namespace: string;
  readonly defaultTtlMs: number | undefined;
  readonly graceMs: number;
  readonly keptChanges: number;
  readonly commandTimeoutMs: number;
  readonly now: (() => number) | undefined;
}

const redisOptions = optionNames<RedisRegistryOptions>({
  url: true,
  tls: true,
  namespace: true,
  defaultTtlMs: true,
  graceMs: true,
  keptChanges: true,
  commandTimeoutMs: true,
  now: true,
});

/** @throws {RegistryError} `INVALID_ARGUMENT` with the `field` at fault. */
export function parseRedisOptions(
  options: RedisRegistryOptions = {} as RedisRegistryOptions,
): RedisSettings {
  checkOptions(options, redisOptions);
  const { namespace = "default", defaultTtlMs, now } = options;
  const { graceMs = 60_000, keptChanges = 10_000, commandTimeoutMs = 5000 } = options;
  const url = parseRedisUrl(options.url);
  return {
    url,
    tls: parseRedisTls(options.tls, url),
    namespace: parseId(namespace, "namespace"),
    defaultTtlMs: parseServerTtl(defaultTtlMs, "defaultTtlMs"),
    graceMs: parseCount(graceMs, "graceMs", 0, 31_536_000_000),
    keptChanges: parseCount(keptChanges, "keptChanges", 1, 10_000_000),
    commandTimeoutMs: parseCount(commandTimeoutMs, "commandTimeoutMs", 1, 600_000),
    now: parseClock(now),
  };
}
