import fc from "fast-check";
import { expect, test } from "vitest";
import { Opened, pageBytes } from "./opened.js";

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
      const opened = new Opened(old).open(next);
      const found = opened.equalForward(place, oldPlace);
      expect(found).toBe(naive(next, place, old, oldPlace));
      expect(opened.steps).toBe(found);
    }),
  );
});

test("a run goes on over the borders of pages", () => {
  const old = new Uint8Array(4 * pageBytes).map((_, at) => at % 251);
  const next = old.slice(pageBytes - 7);
  const opened = new Opened(old, { pages: 1 });
  expect(opened.open(next).equalForward(0, pageBytes - 7)).toBe(next.length);
  next[2 * pageBytes] = 255;
  expect(opened.open(next).equalForward(0, pageBytes - 7)).toBe(2 * pageBytes);
});
