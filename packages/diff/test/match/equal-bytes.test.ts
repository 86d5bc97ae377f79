import fc from "fast-check";
import { expect, test } from "vitest";
import { equalForward } from "../../src/match/equal-bytes.js";
import { viewOfBytes } from "../../src/match/old-view.js";
import { segmentOf } from "../../src/match/segment.js";
import { pageBytes, pagedView } from "./paged.js";

function naive(next: Uint8Array, at: number, old: Uint8Array, oldAt: number): number {
  let done = 0;
  while (at + done < next.length && oldAt + done < old.length) {
    if (next[at + done] !== old[oldAt + done]) break;
    done += 1;
  }
  return done;
}

const bits = fc.uint8Array({ max: 1, maxLength: 40 });

test("the run of equal bytes is as long as one byte after the other says, to the end of the shorter", () => {
  fc.assert(
    fc.property(bits, bits, bits, fc.nat(20), fc.nat(20), (head, tail, common, at, oldAt) => {
      const next = Uint8Array.from([...head, ...common]);
      const old = Uint8Array.from([...common, ...tail]);
      const [place, oldPlace] = [Math.min(at, next.length), Math.min(oldAt, old.length)];
      const segment = segmentOf(next, 0);
      const found = equalForward(segment, place, viewOfBytes(old), oldPlace);
      expect(found).toBe(naive(next, place, old, oldPlace));
      expect(segment.work.steps).toBe(found);
    }),
  );
});

test("a run goes on over the borders of pages", () => {
  const old = new Uint8Array(4 * pageBytes).map((_, at) => at % 251);
  const next = old.slice(pageBytes - 7);
  expect(equalForward(segmentOf(next, 0), 0, pagedView(old), pageBytes - 7)).toBe(next.length);
  next[2 * pageBytes] = 255;
  expect(equalForward(segmentOf(next, 0), 0, pagedView(old), pageBytes - 7)).toBe(2 * pageBytes);
});
