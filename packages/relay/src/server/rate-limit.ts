import { optionNames, RelayError } from "@potassium/core-types";
import { checkOptions } from "../option/check-options.js";
import { wholeNumber } from "../option/whole-number.js";
import type { Rate } from "./udp/token-bucket.js";

/** How often something may happen. */
export interface RateLimit {
  /** In the long run; above 0, and may be a fraction. */
  readonly perSecond: number;
  /** At once, after a quiet time. @default perSecond, rounded up */
  readonly burst?: number | undefined;
}

const names = optionNames<RateLimit>({ perSecond: true, burst: true });

const most = 1_000_000_000;

/** @throws {RelayError} `INVALID_ARGUMENT` with the option at fault. */
export function rateOf(limit: RateLimit | undefined, field: string): Rate | undefined {
  if (limit === undefined) return undefined;
  checkOptions(limit, names, field);
  const { perSecond, burst } = limit;
  if (!(typeof perSecond === "number" && perSecond > 0 && perSecond <= most)) {
    throw new RelayError(
      "INVALID_ARGUMENT",
      `invalid option: ${field}.perSecond: must be a number above 0 and up to ${most}, not ${String(perSecond)}; leave ${field} out for no limit`,
      { field: `${field}.perSecond` },
    );
  }
  const fallback = Math.ceil(perSecond);
  const whole = { field: `${field}.burst`, min: 1, max: most, fallback };
  return Object.freeze({ perSecond, burst: wholeNumber(burst, whole) });
}
