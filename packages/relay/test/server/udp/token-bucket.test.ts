import fc from "fast-check";
import { expect, test } from "vitest";
import { TokenBucket } from "../../../src/server/udp/token-bucket.js";

const rates = fc.record({
  perSecond: fc.double({ min: 0.001, max: 10_000, noNaN: true }),
  burst: fc.integer({ min: 1, max: 1_000 }),
});

test("no stretch of time lets through more than the burst and what the rate adds", () => {
  const waits = fc.array(fc.double({ min: 0, max: 2_000, noNaN: true }), { maxLength: 100 });
  fc.assert(
    fc.property(rates, waits, (rate, waitsMs) => {
      const bucket = new TokenBucket(rate, 0);
      let now = 0;
      const taken: number[] = [];
      for (const waitMs of waitsMs) {
        now += waitMs;
        while (bucket.take(now) && taken.length < 5_000) taken.push(now);
      }
      const end = taken.at(-1) ?? 0;
      const excess = taken.map(
        (start, first) =>
          taken.length - first - rate.burst - ((end - start) / 1_000) * rate.perSecond,
      );
      expect(Math.max(0, ...excess)).toBeLessThan(1e-6);
    }),
  );
});

test("what keeps to the rate is never refused", () => {
  fc.assert(
    fc.property(rates, (rate) => {
      const bucket = new TokenBucket(rate, 0);
      // A little slower than the rate, since adding up floats errs.
      const everyMs = (1_000 / rate.perSecond) * 1.000_001;
      const taken = Array.from({ length: 100 }, (_, count) => bucket.take(count * everyMs));
      expect(taken).not.toContain(false);
    }),
  );
});

test("it is full at first and again after a quiet time, and not between", () => {
  const bucket = new TokenBucket({ perSecond: 2, burst: 3 }, 1_000);
  expect(bucket.isFull(1_000)).toBe(true);
  expect([1, 2, 3, 4].map(() => bucket.take(1_000))).toEqual([true, true, true, false]);
  expect(bucket.isFull(2_499)).toBe(false);
  expect(bucket.isFull(2_500)).toBe(true);
});
