import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ByteSink } from "../../src/encode/byte-sink.js";
import { CoverEncoder } from "../../src/encode/cover-encoder.js";
import { CoverReader } from "../../src/format/cover.js";
import { CoverList } from "../../src/match/cover-list.js";

type Cover = readonly [oldPosition: number, newPosition: number, length: number];

function listOf(covers: readonly Cover[]): CoverList {
  const list = new CoverList();
  for (const cover of covers) list.add(...cover);
  return list;
}

/** Writes the covers of segments, and reads them back by the applier's reader. */
function writtenAndRead(...segments: (readonly Cover[])[]): Cover[] {
  const sink = new ByteSink();
  const encoder = new CoverEncoder(sink);
  for (const covers of segments) encoder.add(listOf(covers));
  encoder.end();
  encoder.end();
  const window = { buffer: sink.bytes, start: 0, end: sink.length };
  const reader = new CoverReader(2 ** 52, 2 ** 52, () => window.start);
  const read: Cover[] = [];
  while (window.start < window.end) {
    reader.next(window);
    read.push([reader.oldPosition, reader.newEnd - reader.length, reader.length]);
  }
  expect(encoder.count).toBe(read.length);
  return read;
}

const anyCovers = fc
  .array(
    fc.record({
      gap: fc.oneof(fc.nat(3), fc.nat(2 ** 31 - 1)),
      far: fc.oneof(
        fc.nat(2 ** 20),
        fc.nat(2 ** 31 - 1).map((n) => n * 1000),
      ),
      length: fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 2 ** 31 - 1 })),
    }),
    { maxLength: 40 },
  )
  .map((pieces) => {
    let end = 0;
    return pieces.map(({ gap, far, length }): Cover => {
      const cover: Cover = [far, end + gap + 1, length];
      end += gap + 1 + length;
      return cover;
    });
  });

test("covers are read back as they were, forwards, backwards and beyond 2^32", () => {
  fc.assert(
    fc.property(anyCovers, fc.nat(40), (covers, cut) => {
      expect(writtenAndRead(covers.slice(0, cut), covers.slice(cut))).toEqual(covers);
    }),
  );
});

describe("a cover that goes on where the one before ended", () => {
  test("is one with it, within a segment and across the borders of many", () => {
    expect(
      writtenAndRead(
        [[100, 5, 10]],
        [
          [110, 15, 7],
          [117, 22, 1],
        ],
        [],
        [[118, 23, 900]],
      ),
    ).toEqual([[100, 5, 918]]);
  });

  test("in one of the files alone is another one", () => {
    const covers: Cover[] = [
      [100, 5, 10],
      [110, 16, 7],
      [118, 23, 9],
    ];
    expect(writtenAndRead(covers)).toEqual(covers);
  });
});

test("no covers are nothing", () => {
  expect(writtenAndRead([], [])).toEqual([]);
});

test("a list gives its numbers as another one takes them", () => {
  fc.assert(
    fc.property(anyCovers, (covers) => {
      const list = listOf(covers);
      const other = new CoverList(list.numbers);
      expect(other.numbers).toEqual(list.numbers);
      other.add(1, 2, 3);
      expect(other.count).toBe(covers.length + 1);
      other.removeLast();
      expect([...other.numbers]).toEqual(covers.flat());
    }),
  );
});
