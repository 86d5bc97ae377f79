import { optionNames, RelayError } from "@potassium/core-types";
import { checkOptions } from "../option/check-options.js";
import { checkedFunction } from "../option/checked-function.js";
import { maxTimerMs, wholeNumber } from "../option/whole-number.js";
import { type KeeperClock, systemClock } from "./keeper-clock.js";

/** How a `RouteKeeper` works. */
export interface RouteKeeperOptions {
  /** How often it looks at the relay's health and table, in milliseconds. @default 5_000 */
  readonly intervalMs?: number | undefined;
  /** Share of the interval by which a look may come earlier at random, from 0 to 1. @default 0.1 */
  readonly jitter?: number | undefined;
  /** Changes that are sent to the relay at once. @default 32 */
  readonly concurrency?: number | undefined;
  /** Events that may wait for a slow reader. @default 4_096 */
  readonly maxWaitingEvents?: number | undefined;
  /** What becomes of the keeper's routes when it is closed. @default "leave" */
  readonly onClose?: "leave" | "delete" | undefined;
  /** The time, for tests. @default the process's monotonic clock */
  readonly clock?: KeeperClock | undefined;
  /** Source of the jitter, in [0, 1). @default Math.random */
  readonly random?: (() => number) | undefined;
}

const keeperNames = optionNames<RouteKeeperOptions>({
  intervalMs: true,
  jitter: true,
  concurrency: true,
  maxWaitingEvents: true,
  onClose: true,
  clock: true,
  random: true,
});

/** The options with their defaults filled in. */
export type RouteKeeperSettings = {
  readonly [Name in keyof RouteKeeperOptions]-?: Exclude<RouteKeeperOptions[Name], undefined>;
};

/** @throws {RelayError} `INVALID_ARGUMENT` with the option at fault. */
export function routeKeeperSettings(options: RouteKeeperOptions): RouteKeeperSettings {
  checkOptions(options, keeperNames);
  const count = (
    field: "intervalMs" | "concurrency" | "maxWaitingEvents",
    max: number,
    fallback: number,
  ) => wholeNumber(options[field], { field, min: 1, max, fallback });
  const { jitter = 0.1, onClose = "leave", clock = systemClock, random = Math.random } = options;
  if (!(typeof jitter === "number" && jitter >= 0 && jitter <= 1)) {
    throw invalidOption("jitter", `must be from 0 to 1, not ${String(jitter)}`);
  }
  if (onClose !== "leave" && onClose !== "delete") {
    throw invalidOption("onClose", 'must be "leave" or "delete"');
  }
  return {
    intervalMs: count("intervalMs", maxTimerMs, 5_000),
    jitter,
    concurrency: count("concurrency", 1_024, 32),
    maxWaitingEvents: count("maxWaitingEvents", 1_048_576, 4_096),
    onClose,
    clock: checkedClock(clock),
    random: checkedFunction(random, "random"),
  };
}

function checkedClock(clock: KeeperClock): KeeperClock {
  const { now, after } = Object(clock) as KeeperClock;
  checkedFunction(now, "clock.now");
  checkedFunction(after, "clock.after");
  return clock;
}

/** How long a claim holds, and whose it is. */
export interface KeepOptions {
  /** Ends the claim unless it is renewed by `set` or `touch`, in milliseconds. @default never */
  readonly ttlMs?: number | undefined;
  /** Whose claim it is: a player's id, say. @default nobody's in particular */
  readonly owner?: string | undefined;
}

const keepNames = optionNames<KeepOptions>({ ttlMs: true, owner: true });
const ownerNames = optionNames<Pick<KeepOptions, "owner">>({ owner: true });

/** @throws {RelayError} `INVALID_ARGUMENT` with the option at fault. */
export function checkedOwner(options: Pick<KeepOptions, "owner">): string | undefined {
  checkOptions(options, ownerNames);
  return checkedKeepOptions(options).owner;
}

/** @throws {RelayError} `INVALID_ARGUMENT` with the option at fault. */
export function checkedKeepOptions(options: KeepOptions): KeepOptions {
  checkOptions(options, keepNames);
  const { ttlMs, owner } = options;
  if (owner !== undefined && (typeof owner !== "string" || owner === "" || owner.length > 255)) {
    throw invalidOption("owner", "must have 1 to 255 characters; leave it out where there is none");
  }
  if (ttlMs === undefined) return { owner };
  const max = Number.MAX_SAFE_INTEGER;
  return { owner, ttlMs: wholeNumber(ttlMs, { field: "ttlMs", min: 1, max, fallback: 1 }) };
}

function invalidOption(field: string, problem: string): RelayError {
  return new RelayError("INVALID_ARGUMENT", `invalid option: ${field}: ${problem}`, { field });
}
