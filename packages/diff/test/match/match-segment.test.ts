import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CoverList } from "../../src/match/cover-list.js";
import { sampleContent } from "../codec/sample-content.js";
import { randomBytes } from "../compress/lzma2/block-content.js";
import { equalBytesOf, indexed, matchPair } from "./match-pair.js";

const listed = (covers: CoverList) => [...covers.numbers];
const joined = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));

/** Covers are in order, apart, inside of both files, and of eight bytes at least. */
function expectSound(covers: CoverList, old: Uint8Array, next: Uint8Array): void {
  let end = 0;
  for (let cover = 0; cover < covers.count; cover += 1) {
    const [oldAt, at, length] = [
      covers.oldPosition(cover),
      covers.newPosition(cover),
      covers.length(cover),
    ];
    expect(at).toBeGreaterThanOrEqual(end);
    expect(length).toBeGreaterThanOrEqual(8);
    expect(oldAt).toBeGreaterThanOrEqual(0);
    expect(oldAt + length).toBeLessThanOrEqual(old.length);
    end = at + length;
  }
  expect(end).toBeLessThanOrEqual(next.length);
}

/** Phrases that come up again, with some bytes of their own. */
const phrases = fc
  .array(fc.tuple(fc.nat(5), fc.integer({ min: 1, max: 90 }), fc.nat(255)), { maxLength: 25 })
  .map((parts) =>
    joined(
      ...parts.map(([phrase, length, own]) => {
        const bytes = randomBytes(length, phrase + 1);
        bytes[own % length] = own;
        return phrase === 5 ? new Uint8Array(length).fill(own & 1) : bytes;
      }),
    ),
  );

test("whatever the files, covers are sound, and not worse than nothing", () => {
  fc.assert(
    fc.property(phrases, phrases, fc.constantFrom(4, 8, 16), (old, next, stepBytes) => {
      const { covers } = matchPair(old, next, { stepBytes });
      expectSound(covers, old, next);
      let covered = 0;
      for (let cover = 0; cover < covers.count; cover += 1) covered += covers.length(cover);
      expect(2 * equalBytesOf(covers, old, next)).toBeGreaterThanOrEqual(covered);
    }),
    { numRuns: 500 },
  );
});

describe("a segment", () => {
  const old = sampleContent(120_000);

  test("equal to the old file is one cover", () => {
    expect(listed(matchPair(old, old).covers)).toEqual([0, 0, old.length]);
  });

  test("equal to a part of the old file further on is one cover, with positions of the whole files", () => {
    const opened = indexed(old).open(old.subarray(50_001, 90_000), 1_000_000);
    opened.parts.find();
    expect(listed(opened.covers)).toEqual([50_001, 1_000_000, 39_999]);
  });

  test("with blocks moved has a cover for each", () => {
    const random = randomBytes(60_000);
    const [first, second, third] = [
      random.subarray(0, 13_001),
      random.subarray(13_001, 40_000),
      random.subarray(40_000),
    ] as const;
    const { covers } = matchPair(random, joined(third, second, first));
    expect(listed(covers)).toEqual([
      ...[40_000, 0, 20_000],
      ...[13_001, 20_000, 26_999],
      ...[0, 46_999, 13_001],
    ]);
  });

  test("with bytes put in and cut out finds both sides to the byte", () => {
    const random = randomBytes(50_000);
    const more = randomBytes(333, 5);
    const next = joined(
      random.subarray(0, 10_007),
      more,
      random.subarray(10_007, 30_000),
      random.subarray(31_111),
    );
    const { covers } = matchPair(random, next);
    expect(listed(covers)).toEqual([
      ...[0, 0, 10_007],
      ...[10_007, 10_340, 19_993],
      ...[31_111, 30_333, 18_889],
    ]);
  });

  test("with a byte changed in every forty stays on its alignment", () => {
    // Addresses that all moved by the same: the case that bsdiff was made for.
    const random = randomBytes(40_000);
    const next = random.map((byte, at) => (at % 40 === 5 ? byte + 3 : byte));
    const { covers } = matchPair(random, joined(random.subarray(0, 100), next));
    expect(covers.count).toBe(2);
    expect(covers.length(1)).toBe(40_000);
  });

  test.each([0, 1, 7, 15])("of %i bytes is fine, and so is an old file of so many", (sizeBytes) => {
    const few = randomBytes(sizeBytes);
    for (const [one, other] of [
      [few, old],
      [old, few],
      [few, few],
    ] as const) {
      expectSound(matchPair(one, other).covers, one, other);
    }
  });

  test("far behind what is known is found again, however long nothing was found", () => {
    const random = randomBytes(30_000, 3);
    const next = joined(randomBytes(600_000, 4), random.subarray(777));
    expect(listed(matchPair(random, next).covers)).toEqual([777, 600_000, 29_223]);
  });
});
