import fc from "fast-check";
import { expect, test } from "vitest";
import { indexShape } from "../../src/match/index-shape.js";
import { randomBytes } from "../compress/lzma2/block-content.js";
import { hardPairs } from "./hard-pairs.js";
import { matchPair } from "./match-pair.js";
import { Opened, pageBytes } from "./opened.js";

test("any byte is the file's, in whatever order and through however few pages", () => {
  const old = randomBytes(5 * pageBytes + 77);
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 7 }),
      fc.array(fc.nat(old.length - 1), { maxLength: 60 }),
      (pages, places) => {
        const opened = new Opened(old, { pages });
        for (const place of places) {
          opened.move(place);
          const view = opened.window(opened.parts.present);
          expect(view.start).toBeLessThanOrEqual(place);
          expect(view.end).toBeGreaterThan(place);
          expect(view.bytes[place - view.start]).toBe(old[place]);
        }
      },
    ),
  );
});

test("a page that is there is not read again, and one place is taken even where no memory is given", () => {
  const reads: number[] = [];
  const file = {
    sizeBytes: 10 * pageBytes,
    read: (position: number) => void reads.push(position),
  };
  const two = new Opened(file, { pages: 2 });
  for (const place of [0, 5, pageBytes, 9, pageBytes + 1, 2 * pageBytes, 0]) two.move(place);
  expect(reads.splice(0)).toEqual([0, pageBytes, 2 * pageBytes, 0]);
  const one = new Opened(file, { pages: 0 });
  for (const place of [0, pageBytes, 0]) one.move(place);
  expect(reads).toEqual([0, pageBytes, 0]);
});

test("a page of which the reading failed is read again, not taken for read", () => {
  let broken = true;
  const read = (_: number, target: Uint8Array): void => {
    target.fill(broken ? 1 : 2);
    if (broken) throw new Error("the disk is gone");
  };
  const opened = new Opened({ sizeBytes: pageBytes, read }, { pages: 1 });
  expect(() => opened.byteAt(5)).toThrow("the disk is gone");
  expect(() => opened.byteAt(5)).toThrow("the disk is gone");
  broken = false;
  expect(opened.byteAt(5)).toBe(2);
});

test.each(hardPairs)("the covers are the same through views of one page, on %s", (_, make) => {
  const { old, next } = make(100_000);
  const whole = matchPair(old, next);
  const paged = matchPair(old, next, { pages: 1 });
  expect(paged.covers.numbers).toEqual(whole.covers.numbers);
  expect(paged.steps).toBe(whole.steps);
});

test("places beyond 2^32 are found, read and told", () => {
  const sizeBytes = 2 ** 33 + 12_345;
  const islandBytes = 2 ** 16;
  const islands = [0, 2 ** 32 - islandBytes / 2, 2 ** 33 - islandBytes].map((position, number) => ({
    position,
    bytes: randomBytes(islandBytes, number + 1),
  }));
  // Nothing but zeros beside the islands.
  const read = (position: number, target: Uint8Array): void => {
    target.fill(0);
    for (const island of islands) {
      const from = Math.max(position, island.position);
      const to = Math.min(position + target.length, island.position + islandBytes);
      if (from >= to) continue;
      const bytes = island.bytes.subarray(from - island.position, to - island.position);
      target.set(bytes, from - position);
    }
  };
  const index = indexShape(sizeBytes, 8, 2 ** 22);
  expect(index.stepBytes).toBe(4096);
  const opened = new Opened({ sizeBytes, read }, { pages: 4, index });
  for (const { position, bytes } of islands) opened.index(bytes, position);
  expect(opened.byteAt(2 ** 32)).toBe(islands[1]?.bytes[islandBytes / 2]);

  const [first, middle, last] = islands.map(({ bytes }) => bytes) as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ];
  const fresh = randomBytes(500, 99).map((byte) => byte || 1);
  const next = new Uint8Array(Buffer.concat([last, middle, fresh, first.subarray(1_000)]));
  const position = 2 ** 34 + 3;
  opened.open(next, position).parts.find();
  const { covers } = opened;
  const found = Array.from({ length: covers.count }, (_, cover) => [
    covers.oldPosition(cover),
    covers.newPosition(cover) - position,
    covers.length(cover),
  ]);
  expect(found).toEqual([
    [2 ** 33 - islandBytes, 0, islandBytes],
    [2 ** 32 - islandBytes / 2, islandBytes, islandBytes],
    [1_000, 2 * islandBytes + 500, islandBytes - 1_000],
  ]);
});
