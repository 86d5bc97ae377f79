import fc from "fast-check";
import { expect, test } from "vitest";
import { Opened } from "./opened.js";

/** What is left of a stretch that begins at a place, and of one that reaches back from another. */
function splitOverlap(
  { parts }: Opened,
  first: { readonly began: number; readonly shift: number; readonly bytes: number },
  second: { readonly from: number; readonly shift: number; readonly bytes: number },
): [number, number] {
  const [one, other] = [parts.present.value, parts.other.value];
  parts.splitOverlap(
    ...([first.began, first.bytes, BigInt(first.shift), one] as const),
    ...([second.from, second.bytes, BigInt(second.shift), other] as const),
  );
  return [parts.firstLeft.value, parts.secondLeft.value];
}

const bytes = fc.uint8Array({ max: 2, minLength: 60, maxLength: 60 });

test("two stretches are parted where the most bytes are explained, and nothing is given away", () => {
  fc.assert(
    fc.property(
      bytes,
      bytes,
      fc.record({
        began: fc.nat(20),
        length: fc.nat(25),
        reach: fc.nat(30),
        shifts: fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 })),
      }),
      (next, old, { began, length, reach, shifts }) => {
        const from = 45;
        const [shift, otherShift] = shifts;
        const bytesBack = Math.min(reach, from - began);
        const first = { began, shift, bytes: length };
        const second = { from, shift: otherShift, bytes: bytesBack };
        const [kept, rest] = splitOverlap(new Opened(old).open(next), first, second);
        const overlap = Math.max(0, began + length - (from - bytesBack));
        expect(length - kept + (bytesBack - rest)).toBe(overlap);
        expect(Math.min(kept, rest, length - kept, bytesBack - rest)).toBeGreaterThanOrEqual(0);

        const explained = (border: number): number => {
          let equal = 0;
          for (let at = from - bytesBack; at < began + length; at += 1) {
            if (next[at] === old[at + (at < border ? shift : otherShift)]) equal += 1;
          }
          return equal;
        };
        const borders = Array.from({ length: overlap + 1 }, (_, i) => from - bytesBack + i);
        if (overlap > 0) {
          expect(explained(began + kept)).toBe(Math.max(...borders.map(explained)));
        }
      },
    ),
  );
});

test("stretches that do not meet stay as they are", () => {
  const opened = new Opened(new Uint8Array(100)).open(new Uint8Array(100));
  const first = { began: 10, shift: 0, bytes: 20 };
  expect(splitOverlap(opened, first, { from: 60, shift: 5, bytes: 30 })).toEqual([20, 30]);
});
