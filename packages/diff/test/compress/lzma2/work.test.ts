import { describe, expect, test } from "vitest";
import { Lzma2Encoder } from "../../../src/compress/lzma2/encode-lzma2.js";
import { brokenRepeats, periodic } from "./block-content.js";
import { efforts } from "./lzma2-section.js";

const hard: readonly (readonly [name: string, make: (sizeBytes: number) => Uint8Array])[] = [
  ["zeros", (size) => new Uint8Array(size)],
  ...[2, 3, 5, 255].map(
    (period) => [`period ${period}`, (size: number) => periodic(size, period)] as const,
  ),
  ...[22, 60, 250].map(
    (piece) =>
      [`broken repeats of ${piece}`, (size: number) => brokenRepeats(size, piece)] as const,
  ),
];

function steps(bytes: Uint8Array, effort: (typeof efforts)[number]): number {
  const encoder = new Lzma2Encoder();
  encoder.encode(bytes, effort);
  return encoder.steps;
}

describe.each(efforts)("the work of the matching, %s,", (effort) => {
  test.each(hard)("grows with the size alone on %s", (_, make) => {
    const few = steps(make(30_000), effort);
    const many = steps(make(120_000), effort);
    expect(few).toBeGreaterThan(0);
    // The size is 4 times as large; work by the square of it would be 16 times as much.
    expect(many).toBeLessThan(7 * few);
    expect(many).toBeLessThan(400 * 120_000);
  });

  test("is little where one match follows the other", () => {
    expect(steps(new Uint8Array(200_000), effort)).toBeLessThan(8 * 200_000);
  });
});
