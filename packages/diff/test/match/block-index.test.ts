import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { filterBits, indexBytes, indexShape, mostPlaces } from "../../src/match/index-shape.js";
import { sampleContent } from "../codec/sample-content.js";
import { randomBytes } from "../compress/lzma2/block-content.js";
import { indexed } from "./match-pair.js";
import { Opened } from "./opened.js";

// As in the module.
const blockBytes = 16;
const bucketPlaces = 4;
const numberBits = 25;

const indexOf = (old: Uint8Array, stepBytes = 8): Opened => indexed(old, 0, { stepBytes });

/** Of an old file of so many bytes, of which the index has none yet. */
const emptyIndex = (sizeBytes: number, leastStepBytes: number, maxPlaces: number): Opened =>
  new Opened(
    { sizeBytes, read: () => {} },
    { pages: 1, index: indexShape(sizeBytes, leastStepBytes, maxPlaces) },
  );

/** Where the index says that the block at `at` of some bytes is in the old file: all such places, in their order. */
function lookUp(opened: Opened, bytes: Uint8Array, at: number): number[] {
  const hash = opened.hashOf(bytes.subarray(at));
  const { places, stepBytes } = opened.shape;
  const { table, filter } = opened;
  const bit = Math.floor((hash / 2 ** 32) * filterBits(places));
  if (((filter[bit >>> 5] as number) & (1 << (bit & 31))) === 0) return [];
  const first = Math.floor((hash / 2 ** 32) * places);
  const ways = Array.from({ length: bucketPlaces }, (_, way) => way);
  return ways
    .map((way) => table[first ^ way] as number)
    .filter((place) => place !== 0 && (place ^ (hash << numberBits)) >>> numberBits === 0)
    .map((place) => ((place & (2 ** numberBits - 1)) - 1) * stepBytes);
}

const placesTaken = ({ table }: Opened): number => table.filter((place) => place !== 0).length;

const powerOfTwo = (least: number, most: number) =>
  fc.integer({ min: least, max: most }).map((bits) => 2 ** bits);

describe("the shape of an index", () => {
  test("never has more places than it may, and a place for each block", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.nat(2 ** 20),
          fc.nat(2 ** 31 - 1),
          fc.nat({ max: 2 ** 31 - 1 }).map((n) => n * 512),
        ),
        powerOfTwo(2, 4),
        powerOfTwo(8, 24),
        (oldBytes, leastStepBytes, maxPlaces) => {
          const { stepBytes, places } = indexShape(oldBytes, leastStepBytes, maxPlaces);
          expect(places).toBeLessThanOrEqual(maxPlaces);
          expect(stepBytes * places).toBeGreaterThanOrEqual(oldBytes);
          expect(stepBytes).toBeGreaterThanOrEqual(leastStepBytes);
          expect(Number.isInteger(Math.log2(stepBytes))).toBe(true);
          // No wider apart than it has to be.
          if (stepBytes > leastStepBytes)
            expect((2 * oldBytes) / stepBytes).toBeGreaterThan(maxPlaces);
        },
      ),
    );
  });

  test("of any file takes no more than its budget of memory", () => {
    for (const oldBytes of [0, 1, 2 ** 20, 2 ** 31, 2 ** 33, 2 ** 40]) {
      const { places } = indexShape(oldBytes, 4, mostPlaces);
      expect(indexBytes(places)).toBeLessThanOrEqual(72 * 2 ** 20);
    }
    expect(indexShape(2 ** 40, 4, mostPlaces)).toEqual({ stepBytes: 65_536, places: mostPlaces });
  });
});

describe("an index", () => {
  const bytes = new Uint8Array(
    Buffer.concat([sampleContent(60_000), new Uint8Array(5_000), randomBytes(40_001)]),
  );

  test.each([2, 4, 8])("is the same whether it is filled in one share or in %i", (count) => {
    const whole = indexOf(bytes);
    const shared = emptyIndex(bytes.length, 8, 2 ** 20);
    for (let number = count - 1; number >= 0; number -= 1) {
      shared.index(bytes, 0, bytes.length, { number, count });
    }
    expect(shared.table).toEqual(whole.table);
    expect(shared.filter).toEqual(whole.filter);
  });

  test("is the same whether the file comes at once or piece by piece", () => {
    const random = randomBytes(50_003);
    const pieced = emptyIndex(random.length, 8, 2 ** 20);
    for (let at = 0; at < random.length; at += 1024) {
      const piece = random.subarray(at, at + 1024 + blockBytes);
      pieced.index(piece, at, 1024);
    }
    expect(pieced.table).toEqual(indexOf(random).table);
    expect(pieced.filter).toEqual(indexOf(random).filter);
  });

  test.each([4, 8, 16])("with a step of %i finds each block that found room", (step) => {
    const random = randomBytes(40_000);
    const index = indexOf(random, step);
    let found = 0;
    for (let at = 0; at + blockBytes <= random.length; at += step) {
      if (lookUp(index, random, at).includes(at)) found += 1;
    }
    expect(found).toBeGreaterThan((0.85 * random.length) / step);
    expect(found).toBe(placesTaken(index));
  });

  test("has of equal blocks the first ones", () => {
    const piece = randomBytes(160);
    const often = new Uint8Array(Buffer.concat(Array.from({ length: 100 }, () => piece)));
    const found = lookUp(indexOf(often), often, 320);
    expect(found[0]).toBe(0);
    expect(found.length).toBeLessThanOrEqual(bucketPlaces);
  });

  test("has the begins of runs alone, so that a run of a mebibyte takes a single place", () => {
    expect(placesTaken(indexOf(new Uint8Array(2 ** 20)))).toBe(1);
    expect(placesTaken(indexOf(new Uint8Array(2 ** 20).fill(0xee)))).toBe(1);
    const run = new Uint8Array(4096).fill(9, 1003, 3003);
    expect(lookUp(indexOf(run), run, 1008)).toEqual([]);
    expect(lookUp(indexOf(run), run, 1000)).toEqual([1000]);
  });

  test("tells places beyond 2^32 apart", () => {
    const far = 2 ** 33;
    const random = randomBytes(40_000);
    const index = emptyIndex(far + random.length, 8, 2 ** 16);
    const step = index.shape.stepBytes;
    expect(step).toBe(2 ** 18);
    index.index(random, far);
    expect(lookUp(index, random, 0)).toEqual([far]);
  });

  test.each([0, 1, 15])("of a file of %i bytes has no block", (sizeBytes) => {
    expect(placesTaken(indexOf(randomBytes(sizeBytes)))).toBe(0);
  });
});

test("every bit of a block changes about half of the bits of its hash", () => {
  const opened = new Opened(new Uint8Array());
  const block = new Uint8Array(
    Int32Array.of(0x01234567, 0x89abcdef, 0x55555555, 0x0f0f0f0f).buffer,
  );
  const hash = opened.hashOf(block);
  for (let bit = 0; bit < 128; bit += 1) {
    const other = block.slice();
    other[bit >> 3] = (other[bit >> 3] as number) ^ (1 << (bit & 7));
    const changed = (hash ^ opened.hashOf(other)) >>> 0;
    const bits = changed.toString(2).replaceAll("0", "").length;
    expect(bits).toBeGreaterThan(5);
    expect(bits).toBeLessThan(27);
  }
});
