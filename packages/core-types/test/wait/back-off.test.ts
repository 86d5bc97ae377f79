import * as fc from "fast-check";
import { expect, test } from "vitest";
import { backOffMs } from "../../src/index.js";

const withoutJitter = { random: () => 0 };

test("backOffMs doubles with each try, up to its bound", () => {
  const waits = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((attempt) => backOffMs(attempt, withoutJitter));
  expect(waits).toEqual([100, 200, 400, 800, 1_600, 3_200, 6_400, 10_000, 10_000]);
});

test("backOffMs takes its bounds from the options", () => {
  const options = { ...withoutJitter, minMs: 10, maxMs: 35 };
  expect([1, 2, 3, 4].map((attempt) => backOffMs(attempt, options))).toEqual([10, 20, 35, 35]);
});

test("backOffMs shortens by up to a half at random", () => {
  expect(backOffMs(3, { random: () => 0.5 })).toBe(300);
  expect(backOffMs(3, { random: () => 0.999_999 })).toBe(200);
});

test("backOffMs stays between half its least and its most, for any attempt", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 100_000 }),
      fc.integer({ min: 0, max: 1_000 }),
      fc.integer({ min: 0, max: 100_000 }),
      (attempt, minMs, maxMs) => {
        const wait = backOffMs(attempt, { minMs, maxMs });
        expect(wait).toBeGreaterThanOrEqual(Math.floor(Math.min(minMs, maxMs) / 2));
        expect(wait).toBeLessThanOrEqual(maxMs);
      },
    ),
  );
});
