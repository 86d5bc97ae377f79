import { describe, expect, test } from "vitest";
import { hardPairs, type MakePair } from "./hard-pairs.js";
import { matchPair } from "./match-pair.js";

/** How many bytes may be looked at for each byte of the new file: real files need from 3 to 6. */
const mostSteps = 26;

/**
 * Sorted and shuffled records have many blocks in common: the larger the file, the more of a block's places are taken, up
 * to all four, and each is looked at.
 */
const hasFullPlaces = (name: string): boolean => name.startsWith("sorted");

function stepsForEach(make: MakePair, sizeBytes: number, stepBytes: number): number {
  const { old, next } = make(sizeBytes);
  return matchPair(old, next, { stepBytes }).steps / next.length;
}

describe("the work of the matching grows with the size alone", () => {
  test.each(hardPairs)("on %s", (name, make) => {
    const few = stepsForEach(make, 2 ** 18, 8);
    const many = stepsForEach(make, 2 ** 20, 8);
    expect(few).toBeGreaterThan(0);
    expect(few).toBeLessThan(mostSteps);
    // Work by the square of the size would be four times as much for each byte.
    expect(many).toBeLessThan((hasFullPlaces(name) ? 1.5 : 1.3) * few);
  });

  test.each(
    hardPairs.filter(([name]) =>
      /^(all zeros|period 17|Fibonacci|sorted|a mosaic of 24)/.test(name),
    ),
  )("up to the largest segment, on %s", (name, make) => {
    expect(stepsForEach(make, 2 ** 22, 8)).toBeLessThan(hasFullPlaces(name) ? 12 : 8);
  });
});

test("alignments that took back all that was before, again and again, don't any more", () => {
  // It was a hundred bytes for each one, and would have been thousands in a file made for it.
  const pair = hardPairs.find(([name]) => name.startsWith("alignments of which each"));
  const [, make] = pair as (typeof hardPairs)[number];
  expect(stepsForEach(make, 2 ** 16, 16)).toBeLessThan(mostSteps);
});
