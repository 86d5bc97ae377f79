import { expect, test } from "vitest";
import { judgeRatio } from "../../bench/picture/judge-ratio.ts";

test.each([
  [0.5, "ms", "better"],
  [2, "ms", "worse"],
  [2, "/s", "better"],
  [0.5, "MB/s", "worse"],
  [null, "%", "better"],
  [null, "kB", "worse"],
  [0.95, "ms", "even"],
  [1.05, "/s", "even"],
  [1.06, "kB", "worse"],
] as const)("a ratio of %s in %s is %s", (ratio, unit, verdict) => {
  expect(judgeRatio({ ratio, unit })).toBe(verdict);
});
