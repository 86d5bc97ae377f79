import fc from "fast-check";
import { expect, test } from "vitest";
import { CoverReader } from "../../src/format/cover.js";
import { coverBytes, varint } from "../fixture/hdiff-encoder.js";

const windowOf = (bytes: readonly number[]) => ({
  buffer: Uint8Array.from(bytes),
  start: 0,
  end: bytes.length,
});

const max = Number.MAX_SAFE_INTEGER;
const readerOf = (oldBytes: number, newBytes: number) =>
  new CoverReader(oldBytes, newBytes, (start) => 1_000 + start);

test("covers anywhere in files of up to 2^53 - 1 bytes are read back", () => {
  const cover = fc.record({
    oldPosition: fc.maxSafeNat(),
    gap: fc.nat(2 ** 40),
    length: fc.nat(2 ** 45),
  });
  fc.assert(
    fc.property(fc.array(cover, { maxLength: 20 }), fc.integer({ min: 1, max: 11 }), (all, pad) => {
      let newEnd = 0;
      const covers = all.map(({ oldPosition, gap, length }) => {
        const placed = { oldPosition, newPosition: newEnd + gap, length };
        placed.length = Math.min(length, max - oldPosition);
        newEnd = placed.newPosition + placed.length;
        return placed;
      });
      const window = windowOf(coverBytes(covers, pad));
      const reader = readerOf(max, max);
      for (const { oldPosition, newPosition, length } of covers) {
        reader.next(window);
        expect(reader.oldPosition).toBe(oldPosition);
        expect(reader.length).toBe(length);
        expect(reader.newEnd).toBe(newPosition + length);
      }
      expect(window.start).toBe(window.end);
    }),
  );
});

const signed = (value: number, backwards = false) =>
  varint(value, { tag: backwards ? 1 : 0, tagBits: 1 });

test.each([
  ["begins before the old file", [...signed(1, true), 0, 1], /begins outside of the old file/],
  ["begins behind the old file", [...signed(101), 0, 0], /begins outside of the old file/],
  ["begins 2^53 - 1 on", [...signed(max), 0, 0], /begins outside of the old file/],
  ["ends behind the old file", [...signed(1), 0, ...varint(100)], /reaches behind .* the old file/],
  ["is as long as can be", [...signed(1), 0, ...varint(max)], /reaches behind .* the old file/],
  ["begins behind the new file", [0, ...varint(201), 0], /begins behind .* the new file/],
  ["begins 2^53 - 1 behind", [0, ...varint(max), 1], /begins behind .* the new file/],
  ["ends behind the new file", [0, ...varint(200), 1], /reaches behind .* the new file/],
  ["is cut off", [0, 0], /cut off/],
  ["is empty of bytes", [], /cut off/],
])("a cover that %s is corrupt, and its place told", (_, bytes, message) => {
  const reader = readerOf(100, 200);
  const window = windowOf(bytes);
  expect(() => reader.next(window)).toThrow(message);
  try {
    reader.next(windowOf(bytes));
  } catch (error) {
    expect(error).toMatchObject({ code: "CORRUPT_PATCH", offset: 1_000 });
  }
});

test("a cover may be empty, end with both files, and begin where the old one ends", () => {
  const reader = readerOf(100, 200);
  reader.next(windowOf([...signed(100), ...varint(100), 0]));
  reader.next(windowOf([...signed(100, true), 0, ...varint(100)]));
  expect(reader.newEnd).toBe(200);
});
