import fc from "fast-check";
import { expect, test } from "vitest";
import { readOfft } from "../../src/format/offt.js";
import { offt } from "../fixture/bsdiff-encoder.js";

test("every integer within ±(2^53 - 1) is read back", () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), fc.nat(9), (value, at) => {
      const bytes = Buffer.concat([Buffer.alloc(at, 0xff), offt(BigInt(value))]);
      expect(readOfft(bytes, at)).toBe(value === 0 ? 0 : value);
    }),
  );
});

test("minus zero is 0", () => {
  expect(Object.is(readOfft(Buffer.from("0000000000000080", "hex"), 0), 0)).toBe(true);
});

test("what is beyond ±(2^53 - 1) is NaN", () => {
  for (const value of [2n ** 53n, 2n ** 60n, 2n ** 63n - 1n]) {
    expect(readOfft(offt(value), 0)).toBeNaN();
    expect(readOfft(offt(-value), 0)).toBeNaN();
  }
});
