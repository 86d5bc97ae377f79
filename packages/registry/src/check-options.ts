import {
  type AbortOptions,
  type DrainOptions,
  type FindOptions,
  type HeartbeatOptions,
  type ListOptions,
  optionNames,
  type PageOptions,
  parseOptions,
  type RegisterOptions,
  type VersionOptions,
  type WatchOptions,
} from "@potassium/core-types";
import { invalidArgument } from "./parse-argument.js";

/** The options of the calls. */
export const abortOptions = optionNames<AbortOptions>({ signal: true });
export const registerOptions = optionNames<RegisterOptions>({
  ttlMs: true,
  matches: true,
  signal: true,
});
export const versionOptions = optionNames<VersionOptions>({ ifVersion: true, signal: true });
export const listOptions = optionNames<ListOptions>({ order: true, limit: true, signal: true });
export const pageOptions = optionNames<PageOptions>({
  order: true,
  limit: true,
  cursor: true,
  signal: true,
});
export const findOptions = optionNames<FindOptions>({
  seats: true,
  order: true,
  where: true,
  signal: true,
});
export const heartbeatOptions = optionNames<HeartbeatOptions>({ ttlMs: true, signal: true });
export const drainOptions = optionNames<DrainOptions>({ deadlineMs: true, signal: true });
export const watchOptions = optionNames<WatchOptions>({ from: true, signal: true });

/**
 * Refuses options that are none, or that a call does not know: a misspelt `ifVersion` would write over what others wrote.
 *
 * @throws {RegistryError} `INVALID_ARGUMENT` with the option at fault.
 */
export function checkOptions(options: unknown, names: readonly string[]): void {
  parseOptions(options, names, invalidArgument);
}
