import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readVarint, varintProblems } from "../../src/format/varint.js";
import { varint } from "../fixture/hdiff-encoder.js";

const windowOf = (bytes: readonly number[]) => ({
  buffer: Uint8Array.from(bytes),
  start: 0,
  end: bytes.length,
});

const tagBits = fc.constantFrom(0, 1, 2) as fc.Arbitrary<0 | 1 | 2>;

test("every integer up to 2^53 - 1 is read back, padded or not, whatever its tag", () => {
  fc.assert(
    fc.property(
      fc.maxSafeNat(),
      tagBits,
      fc.nat(3),
      fc.integer({ min: 1, max: 11 }),
      (value, bits, anyTag, minBytes) => {
        const tag = anyTag & ((1 << bits) - 1);
        const bytes = varint(value, { tag, tagBits: bits, minBytes });
        const window = windowOf([...bytes, 0xff]);
        expect(readVarint(window, bits)).toBe(value);
        expect(window.start).toBe(bytes.length);
        expect((bytes[0] ?? 0) >> (8 - bits)).toBe(bits === 0 ? 0 : tag);
      },
    ),
  );
});

test("an integer of which the end is missing is a problem, and nothing is taken", () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), tagBits, (value, bits) => {
      const bytes = varint(value, { tagBits: bits });
      for (let kept = 0; kept < bytes.length; kept += 1) {
        const window = windowOf(bytes.slice(0, kept));
        expect(varintProblems[readVarint(window, bits)]).toBe("an integer is cut off");
        expect(window.start).toBe(0);
      }
    }),
  );
});

describe("an integer that is refused", () => {
  const max = 2n ** 53n - 1n;
  test.each([
    ["over 2^53 - 1", varint(max + 1n), -3],
    ["of 64 bits", varint(2n ** 64n - 1n), -3],
    ["of 77 bits", varint(2n ** 77n - 1n), -3],
    ["of 12 bytes", varint(1, { minBytes: 12 }), -2],
    ["without an end", new Array(100).fill(0x80), -2],
  ])("is one %s", (_, bytes, problem) => {
    expect(readVarint(windowOf(bytes), 0)).toBe(problem);
  });

  test("is none of 11 bytes, nor the largest", () => {
    expect(readVarint(windowOf(varint(1, { minBytes: 11 })), 0)).toBe(1);
    expect(readVarint(windowOf(varint(max)), 0)).toBe(Number(max));
  });
});

test("the examples of the format's description are read", () => {
  expect(readVarint(windowOf([0x20, 0xf9, 0x0b]), 2)).toBe(15_499);
  expect(readVarint(windowOf([0x81, 0x5d]), 0)).toBe(221);
  expect(readVarint(windowOf([0x80, 0x00]), 0)).toBe(0);
});
