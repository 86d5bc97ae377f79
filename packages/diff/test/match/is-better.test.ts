import { describe, expect, test } from "vitest";
import { randomBytes } from "../compress/lzma2/block-content.js";
import { Opened, pageBytes } from "./opened.js";

const size = 10_000;
const next = randomBytes(size);

/** Whether the second half of an old file is better at `at` than the first one. */
function compare(first: Uint8Array, second: Uint8Array, at = 5_000, most = at) {
  const old = new Uint8Array(Buffer.concat([first, second]));
  const opened = new Opened(old).open(next);
  return { better: isBetter(opened, at, at, at + first.length, most), steps: opened.steps };
}

function isBetter(
  { parts }: Opened,
  at: number,
  presentAt: number,
  otherAt: number,
  most: number,
): boolean {
  const [present, other] = [parts.present.value, parts.other.value];
  return parts.isBetter(at, present, BigInt(presentAt), other, BigInt(otherAt), most) !== 0;
}

/** The new bytes, with some of them wrong. */
const wrongAt = (...places: number[]): Uint8Array => {
  const bytes = next.slice();
  for (const place of places) bytes[place] = (bytes[place] as number) ^ 1;
  return bytes;
};
const range = (start: number, count: number, step = 1): number[] =>
  Array.from({ length: count }, (_, index) => start + index * step);

describe("another alignment is better", () => {
  test("where it has nine equal bytes more, not where it has eight", () => {
    expect(compare(wrongAt(...range(5_000, 9)), next).better).toBe(true);
    expect(compare(wrongAt(...range(5_000, 8)), next).better).toBe(false);
  });

  test("where the nine stand before and behind the place", () => {
    expect(compare(wrongAt(...range(4_000, 5, 3), ...range(5_100, 4, 5)), next).better).toBe(true);
    expect(compare(wrongAt(...range(4_000, 5, 3), ...range(5_100, 3, 5)), next).better).toBe(false);
  });

  test("only if a block from the place on is equal", () => {
    const present = wrongAt(...range(4_900, 100));
    expect(compare(present, wrongAt(5_016)).better).toBe(true);
    expect(compare(present, wrongAt(5_015)).better).toBe(false);
    expect(compare(wrongAt(...range(5_000, 15)), wrongAt(5_015)).better).toBe(false);
  });

  test("by bytes up to its first that differs alone, both ways", () => {
    expect(compare(wrongAt(...range(5_020, 30)), wrongAt(5_019)).better).toBe(false);
    expect(compare(wrongAt(...range(4_900, 30)), wrongAt(4_950)).better).toBe(false);
  });

  test("by bytes from where the present one began alone", () => {
    const present = wrongAt(...range(4_900, 30));
    expect(compare(present, next, 5_000, 100).better).toBe(true);
    expect(compare(present, next, 5_000, 75).better).toBe(false);
  });

  test("where the present one lies outside of the old file", () => {
    const opened = new Opened(next).open(next);
    for (const presentAt of [-4_000, size + 5]) {
      expect(isBetter(opened, 5_000, presentAt, 5_000, 5_000)).toBe(true);
    }
  });
});

test("no more than 4096 bytes are looked at each way, for blocks that agree however long", () => {
  const { better, steps } = compare(next, next);
  expect(better).toBe(false);
  expect(steps).toBeLessThanOrEqual(2 * 4096 + 1);
  // What would decide lies behind.
  expect(compare(wrongAt(...range(9_097, 20), ...range(880, 20)), next).better).toBe(false);
  expect(compare(wrongAt(...range(9_080, 9)), next).better).toBe(true);
});

test("byteAt() reads any byte of a paged file, and none outside of it", () => {
  const old = randomBytes(2 * pageBytes + 5);
  const opened = new Opened(old, { pages: 1 });
  for (const place of [0, pageBytes - 1, pageBytes, 2 * pageBytes + 4, 3]) {
    expect(opened.byteAt(place)).toBe(old[place]);
  }
  expect(opened.byteAt(-1)).toBe(-1);
  expect(opened.byteAt(old.length)).toBe(-1);
});
