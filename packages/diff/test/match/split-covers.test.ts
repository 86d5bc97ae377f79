import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { CoverList } from "../../src/match/cover-list.js";
import { Opened } from "./opened.js";

/** The parts that one cover of all bytes is cut into: the old position, the new one and the length of each. */
function parts(old: Uint8Array, next: Uint8Array): number[][] {
  const covers = new CoverList();
  covers.add(0, 5000, next.length);
  const opened = new Opened(old).open(next, 5000);
  opened.covers = covers;
  opened.parts.splitCovers();
  const split = opened.covers;
  return Array.from({ length: split.count }, (_, cover) => [
    split.oldPosition(cover),
    split.newPosition(cover),
    split.length(cover),
  ]);
}

const changed = (old: Uint8Array, start: number, end: number): Uint8Array =>
  old.map((byte, at) => (at >= start && at < end ? byte ^ 0x55 : byte));

describe("splitCovers()", () => {
  test("a stretch that was overwritten is cut out, at its very borders", () => {
    const old = randomBytes(10_000);
    expect(parts(old, changed(old, 3001, 4003))).toEqual([
      [0, 5000, 3001],
      [4003, 9003, 5997],
    ]);
  });

  test("a few changed bytes stay in the cover", () => {
    const old = randomBytes(10_000);
    expect(parts(old, changed(old, 3000, 3050))).toEqual([[0, 5000, 10_000]]);
  });

  test("a cover in which every fourth byte differs is left alone", () => {
    const old = randomBytes(10_000);
    const next = old.map((byte, at) => (at % 4 === 0 ? byte + 1 : byte));
    const [[start = Number.NaN, , length = 0] = [], ...more] = parts(old, next);
    expect([start, more]).toEqual([1, []]);
    expect(length).toBeGreaterThan(9990);
  });

  test("what differs at both ends is left out", () => {
    const old = randomBytes(2000);
    const next = changed(changed(old, 0, 300), 1700, 2000);
    expect(parts(old, next)).toEqual([[300, 5300, 1400]]);
  });

  test("of a cover that resembles nothing, nothing is left but chance", () => {
    const left = parts(randomBytes(4000), randomBytes(4000));
    expect(left.reduce((sum, [, , length = 0]) => sum + length, 0)).toBeLessThan(100);
  });
});
