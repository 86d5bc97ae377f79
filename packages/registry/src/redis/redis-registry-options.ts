import { invalidArgument, parseCount, parseId, parseServerTtl } from "../parse-argument.js";

/** Certificates as PEM, for `rediss:`. */
export interface RedisTls {
  /** @default the well-known authorities */
  readonly ca?: string | undefined;
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
  /** The name in Redis's certificate. @default the URL's host */
  readonly servername?: string | undefined;
}

export interface RedisRegistryOptions {
  /** `redis://[user:password@]host[:6379][/database]`; `rediss:` for TLS. */
  readonly url: string;
  readonly tls?: RedisTls | undefined;
  /** Registries of one namespace on one Redis are one registry. @default "default" */
  readonly namespace?: string | undefined;
  /** The TTL of servers that are registered without one, in milliseconds. @default never */
  readonly defaultTtlMs?: number | undefined;
  /** How long an expired server is kept, in milliseconds. The same for all registries of a namespace. @default 60_000 */
  readonly graceMs?: number | undefined;
  /** How many changes are kept for watches that are behind. @default 10_000 */
  readonly keptChanges?: number | undefined;
  /** How long a call waits for a connection and for each answer, in milliseconds. @default 5000 */
  readonly commandTimeoutMs?: number | undefined;
  /** The time in milliseconds since 1970; for tests. @default Redis's own time */
  readonly now?: (() => number) | undefined;
}

export interface RedisSettings {
  readonly url: URL;
  readonly tls: Readonly<Record<string, unknown>> | undefined;
  readonly namespace: string;
  readonly defaultTtlMs: number | undefined;
  readonly graceMs: number;
  readonly keptChanges: number;
  readonly commandTimeoutMs: number;
  readonly now: (() => number) | undefined;
}

/** @throws {RegistryError} `INVALID_ARGUMENT` with the `field` at fault. */
export function parseRedisOptions(options: RedisRegistryOptions): RedisSettings {
  const { namespace = "default", defaultTtlMs, now } = options;
  const { graceMs = 60_000, keptChanges = 10_000, commandTimeoutMs = 5000 } = options;
  return {
    url: parseUrl(options.url),
    tls: options.tls && { ...options.tls },
    namespace: parseId(namespace, "namespace"),
    defaultTtlMs: parseServerTtl(defaultTtlMs, "defaultTtlMs"),
    graceMs: parseCount(graceMs, "graceMs", 0, 31_536_000_000),
    keptChanges: parseCount(keptChanges, "keptChanges", 1, 10_000_000),
    commandTimeoutMs: parseCount(commandTimeoutMs, "commandTimeoutMs", 1, 600_000),
    now,
  };
}

/** What is wrong is said without the URL: it may hold a password. */
function parseUrl(text: unknown): URL {
  const url = typeof text === "string" && URL.canParse(text) ? new URL(text) : undefined;
  const isRedis = url?.protocol === "redis:" || url?.protocol === "rediss:";
  if (url === undefined || !isRedis || url.hostname === "" || !/^\/?\d*$/.test(url.pathname)) {
    const message = "invalid url: must be like redis://user:password@host:6379/0";
    throw invalidArgument(message, "url");
  }
  return url;
}
