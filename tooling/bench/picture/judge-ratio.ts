import type { BenchResult } from "../report.js";

export type Verdict = "better" | "even" | "worse";

/** Within these, two runs on a busy machine differ by themselves. */
const even = [0.95, 1.05] as const;

/** Whether ours is better than the peer: of what is per second, and of shares in percent, more is better. */
export function judgeRatio({ ratio, unit }: Pick<BenchResult, "ratio" | "unit">): Verdict {
  // JSON has no infinity: null is a division by zero.
  if (ratio !== null && ratio >= even[0] && ratio <= even[1]) return "even";
  const isMore = ratio === null || ratio > 1;
  return isMore === isMoreBetter(unit) ? "better" : "worse";
}

export function isMoreBetter(unit: string): boolean {
  return unit.endsWith("/s") || unit === "%";
}
