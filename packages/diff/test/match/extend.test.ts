import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { endless, Opened, pageBytes } from "./opened.js";

/** The shortest length at which twice the equal bytes less the length is greatest. */
function bestOf(equal: readonly boolean[]): number {
  let [score, bestScore, best] = [0, 0, 0];
  for (const [index, same] of equal.entries()) {
    score += same ? 1 : -1;
    if (score > bestScore) [bestScore, best] = [score, index + 1];
  }
  return best;
}

const bytes = fc.uint8Array({ max: 2, maxLength: 60 });
const place = fc.nat(60);

describe("extending forwards", () => {
  test("ends where bsdiff's score is greatest", () => {
    fc.assert(
      fc.property(bytes, bytes, place, place, place, (next, old, anyAt, anyOldAt, most) => {
        const [at, oldAt] = [Math.min(anyAt, next.length), Math.min(anyOldAt, old.length)];
        const limit = Math.min(most, next.length - at, old.length - oldAt);
        const equal = Array.from({ length: limit }, (_, i) => next[at + i] === old[oldAt + i]);
        const opened = new Opened(old).open(next);
        const length = Math.min(most, next.length - at);
        expect(opened.extendForward(at, oldAt, length)).toBe(bestOf(equal));
        expect(opened.steps).toBe(limit);
      }),
    );
  });

  test("goes through stretches of which half differ, if more equal ones follow", () => {
    const old = new Uint8Array(300);
    const next = new Uint8Array(300).fill(1, 100, 180);
    const opened = new Opened(old).open(next);
    const extend = (length: number) => opened.extendForward(0, 0, length);
    expect(extend(260)).toBe(100);
    expect(extend(261)).toBe(261);
  });

  test("does not depend on pages", () => {
    const old = new Uint8Array(3 * pageBytes).map((_, at) => at % 251);
    const next = old.map((byte, at) => (at % 5 === 0 ? 255 : byte));
    const [whole, paged] = [undefined, 1].map((pages) =>
      new Opened(old, { pages }).open(next).extendForward(11, 11, next.length - 11),
    );
    expect(paged).toBe(whole);
    expect(whole).toBeGreaterThan(old.length - 20);
  });
});

describe("extending backwards", () => {
  test("ends where bsdiff's score is greatest, with patience without end", () => {
    fc.assert(
      fc.property(bytes, bytes, place, place, place, (next, old, anyAt, anyOldAt, most) => {
        const [at, oldAt] = [Math.min(anyAt, next.length), Math.min(anyOldAt, old.length)];
        const limit = Math.min(most, at, oldAt);
        const equal = Array.from(
          { length: limit },
          (_, i) => next[at - 1 - i] === old[oldAt - 1 - i],
        );
        const opened = new Opened(old).open(next);
        const length = Math.min(most, at);
        expect(opened.extendBackward(at, oldAt, length)).toBe(bestOf(equal));
        expect(opened.steps).toBe(limit);
      }),
    );
  });

  test("gives up where the score has fallen behind its best by more than the patience", () => {
    const old = new Uint8Array(1_000);
    const next = new Uint8Array(1_000).fill(1, 400, 470);
    const extend = (patience: number) => {
      const opened = new Opened(old).open(next);
      const best = opened.extendBackward(1_000, 1_000, 1_000, patience);
      return { best, steps: opened.steps };
    };
    expect(extend(70)).toEqual({ best: 1_000, steps: 1_000 });
    expect(extend(69)).toEqual({ best: 530, steps: 600 });
  });

  test("does not depend on pages, nor does its patience", () => {
    const old = new Uint8Array(3 * pageBytes).map((_, at) => at % 251);
    const next = old.map((byte, at) => (at % 700 < 60 ? 255 : byte));
    for (const patience of [59, 64, endless]) {
      const [whole, paged] = [undefined, 1].map((pages) => {
        const opened = new Opened(old, { pages }).open(next);
        return opened.extendBackward(next.length, old.length, next.length, patience);
      });
      expect(paged).toBe(whole);
    }
  });
});
