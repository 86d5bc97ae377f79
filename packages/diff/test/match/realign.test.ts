import { describe, expect, test } from "vitest";
import { CoverList } from "../../src/match/cover-list.js";
import { randomBytes } from "../compress/lzma2/block-content.js";
import { Random } from "../fuzz/random.js";
import { equalBytesOf, matchPair } from "./match-pair.js";
import { Opened } from "./opened.js";

/** What becomes of covers. */
function realign(old: Uint8Array, next: Uint8Array, covers: CoverList): CoverList {
  const opened = new Opened(old).open(next);
  opened.covers = covers;
  opened.parts.realign();
  return opened.covers;
}

/** Records of a pointer and a length, eight bytes each: pointers go up from `first`, all of them by as much. */
function pointerTable(records: number, first: number): Uint8Array {
  const table = new DataView(new ArrayBuffer(16 * records));
  const random = new Random(7, records);
  let pointer = first;
  for (let record = 0; record < records; record += 1) {
    const length = 1 + random.below(60);
    table.setUint32(16 * record, pointer, true);
    table.setUint32(16 * record + 8, length, true);
    pointer += length;
  }
  return new Uint8Array(table.buffer);
}

const joined = (...parts: Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));
const coveredBytes = (covers: CoverList): number => {
  let sum = 0;
  for (let cover = 0; cover < covers.count; cover += 1) sum += covers.length(cover);
  return sum;
};

describe("realign()", () => {
  test("regression: a table of pointers of which none stayed the same is covered whole", () => {
    // It was all taken for new: the next block that is equal comes behind it, at another distance.
    const [before, behind] = [randomBytes(5_000, 1), randomBytes(5_000, 2)];
    const old = joined(before, pointerTable(8_000, 0x40_0000), randomBytes(300, 3), behind);
    const next = joined(
      before,
      randomBytes(1_000, 4),
      pointerTable(8_000, 0x41_2345),
      randomBytes(77, 5),
      behind,
    );
    const { covers } = matchPair(old, next);
    expect(coveredBytes(covers)).toBeGreaterThan(next.length - 1_000 - 77 - 300);
    // Of each record but the pointer's lower bytes.
    expect(equalBytesOf(covers, old, next)).toBeGreaterThan(0.75 * next.length);
    expect(covers.count).toBeLessThan(8);
  });

  test("a cover that is far from equal gives way where another alignment is better", () => {
    const table = pointerTable(4_000, 0x40_0000);
    const next = pointerTable(4_000, 0x41_0000);
    const old = joined(new Uint8Array(1_000), table);
    const covers = new CoverList();
    // Off by two records and a half.
    covers.add(1_000 - 40, 0, next.length);
    const better = realign(old, next, covers);
    expect(equalBytesOf(better, old, next)).toBeGreaterThan(
      equalBytesOf(covers, old, next) + 0.1 * next.length,
    );
    expect(coveredBytes(better)).toBeGreaterThan(0.95 * next.length);
  });

  test("covers that are nearly equal, and new bytes that are like nothing, are left as they are", () => {
    const old = randomBytes(100_000, 1);
    const next = joined(old.subarray(0, 40_000), randomBytes(30_000, 2), old.subarray(50_000));
    const covers = new CoverList();
    covers.add(0, 0, 40_000);
    covers.add(50_000, 70_000, 50_000);
    const same = realign(old, next, covers);
    expect([...same.numbers]).toEqual([...covers.numbers]);
  });

  test("zeros, which are like zeros everywhere, are not taken for a likeness", () => {
    const [old, next] = [new Uint8Array(200_000), new Uint8Array(100_000)];
    for (let at = 0; at < next.length; at += 97) next[at] = 1 + (at % 251);
    const none = realign(randomBytes(200_000), next, new CoverList());
    expect(none.count).toBe(0);
    const opened = new Opened(old).open(next);
    opened.parts.realign();
    expect(opened.steps).toBeLessThan(26 * next.length);
  });

  test("regression: what would begin before the old file is not taken for an alignment", () => {
    // It broke with a RangeError.
    const [head, rest] = [randomBytes(216, 1), randomBytes(6_000, 2)];
    const old = joined(head, randomBytes(3_000, 3), rest);
    const alike = head.map((byte, at) => (at % 12 === 5 ? byte ^ 0x55 : byte));
    const next = joined(randomBytes(40, 4), alike, randomBytes(3_000, 5), rest);
    const { covers } = matchPair(old, next);
    expect([...covers.numbers]).toEqual([3_216, 3_256, 6_000]);
  });

  test("regression: a better alignment ends where the old file does", () => {
    // The cover went on behind it, and cutting it up never ended.
    const next = randomBytes(8_000, 1);
    const old = joined(randomBytes(12_000, 2), next.subarray(0, 3_000));
    const covers = new CoverList();
    covers.add(4_000, 0, next.length);
    const opened = new Opened(old).open(next);
    opened.covers = covers;
    opened.parts.realign();
    expect([...opened.covers.numbers]).toEqual([12_000, 0, 3_000]);
    opened.parts.splitCovers();
    expect([...opened.covers.numbers]).toEqual([12_000, 0, 3_000]);
  });

  test("covers come in the new file's order, do not overlap, and stay within both files", () => {
    const old = joined(randomBytes(3_000, 1), pointerTable(3_000, 0x10_0000), randomBytes(900, 2));
    const next = joined(
      pointerTable(1_500, 0x10_4000),
      randomBytes(2_000, 3),
      pointerTable(3_000, 0x10_7777),
    );
    const { covers } = matchPair(old, next);
    let end = 0;
    for (let cover = 0; cover < covers.count; cover += 1) {
      expect(covers.newPosition(cover)).toBeGreaterThanOrEqual(end);
      expect(covers.oldPosition(cover)).toBeGreaterThanOrEqual(0);
      expect(covers.length(cover)).toBeGreaterThan(0);
      end = covers.newPosition(cover) + covers.length(cover);
      expect(covers.oldPosition(cover) + covers.length(cover)).toBeLessThanOrEqual(old.length);
    }
    expect(end).toBeLessThanOrEqual(next.length);
  });
});
