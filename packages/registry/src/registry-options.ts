import { type AbortOptions, optionNames } from "@potassium/core-types";
import { checkOptions } from "./check-options.js";
import { parseClock, parseCount, parseServerTtl } from "./parse-argument.js";

export interface RegistryOptions {
  /** The TTL of servers that are registered without one, in milliseconds: up to a year. @default never */
  readonly defaultTtlMs?: number | undefined;
  /** How long an expired server is kept, in milliseconds. @default 60_000 */
  readonly graceMs?: number | undefined;
  /** How many changes are kept for watches that are behind. @default 10_000 */
  readonly keptChanges?: number | undefined;
  /** The time in milliseconds since 1970; for tests. @default Date.now */
  readonly now?: (() => number) | undefined;
}

export interface RegistrySettings {
  readonly defaultTtlMs: number | undefined;
  readonly graceMs: number;
  readonly keptChanges: number;
  readonly now: () => number;
}

const registryOptions = optionNames<RegistryOptions>({
  defaultTtlMs: true,
  graceMs: true,
  keptChanges: true,
  now: true,
});

export function parseRegistryOptions(options: RegistryOptions): RegistrySettings {
  checkOptions(options, registryOptions);
  const { defaultTtlMs, graceMs = 60_000, keptChanges = 10_000, now } = options;
  return {
    defaultTtlMs: parseServerTtl(defaultTtlMs, "defaultTtlMs"),
    graceMs: parseCount(graceMs, "graceMs", 0, 31_536_000_000),
    keptChanges: parseCount(keptChanges, "keptChanges", 1, 10_000_000),
    now: parseClock(now) ?? Date.now,
  };
}

/** Refuses what neither a registry nor its restoring knows, and an aborted signal by its reason. */
export function restoreOptions(
  options: RegistryOptions & AbortOptions,
): RegistryOptions & AbortOptions {
  checkOptions(options, [...registryOptions, "signal"]);
  options.signal?.throwIfAborted();
  return options;
}
