import { describe, expect, test } from "vitest";
import { CoverList } from "../../src/match/cover-list.js";
import { randomBytes } from "../compress/lzma2/block-content.js";
import { Opened } from "./opened.js";

const text = (sizeBytes: number) => new Uint8Array(Buffer.alloc(sizeBytes, "the same old words; "));

/** What is left of covers, by old position, new position and length. */
function kept(old: Uint8Array, next: Uint8Array, ...covers: (readonly [number, number, number])[]) {
  const list = new CoverList();
  for (const cover of covers) list.add(...cover);
  const opened = new Opened(old).open(next);
  opened.covers = list;
  opened.parts.dropWeak();
  const left = opened.covers;
  return Array.from({ length: left.count }, (_, cover) => left.newPosition(cover));
}

/** A long cover of the first 1000 bytes, a short one of something far away. */
function far(bytes: Uint8Array) {
  const head = randomBytes(1_000, 7);
  const rest = randomBytes(100_000, 8);
  const old = new Uint8Array(Buffer.concat([head, rest, bytes]));
  const next = new Uint8Array(Buffer.concat([head, text(3_000), bytes, text(3_000)]));
  return kept(old, next, [0, 0, 1_000], [old.length - bytes.length, 4_000, bytes.length]);
}

describe("a short cover of a place far away", () => {
  test.each([16, 24, 40])(
    "stays where its %i bytes are random: nothing makes those smaller",
    (count) => {
      expect(far(randomBytes(count))).toEqual([0, 4_000]);
    },
  );

  test.each([16, 24])(
    "goes where its %i bytes are repeated text, which the compressor makes small",
    (count) => {
      expect(far(text(count))).toEqual([0]);
    },
  );

  test("stays where it is long, whatever its bytes", () => {
    expect(far(text(256))).toEqual([0, 4_000]);
    expect(far(text(200))).toEqual([0, 4_000]);
  });

  test("goes where too many of its random bytes differ", () => {
    const head = randomBytes(1_000, 7);
    const right = randomBytes(30);
    const old = new Uint8Array(Buffer.concat([head, randomBytes(100_000, 8), right]));
    for (const [wrong, expected] of [
      [3, [0, 1_200]],
      [9, [0]],
    ] as const) {
      const bytes = right.map((byte, at) => (at < wrong ? ~byte : byte));
      const next = new Uint8Array(Buffer.concat([head, text(200), bytes]));
      expect(kept(old, next, [0, 0, 1_000], [101_000, 1_200, 30])).toEqual(expected);
    }
  });
});

test("a short cover near the end of the one before stays, where the same one far away goes", () => {
  const bytes = new Uint8Array(Buffer.from("some old words"));
  const head = randomBytes(1_000, 7);
  const rest = randomBytes(100_000, 8);
  const old = new Uint8Array(Buffer.concat([head, Buffer.alloc(8), bytes, rest, bytes]));
  const next = new Uint8Array(Buffer.concat([head, Buffer.alloc(8, 1), bytes]));
  expect(kept(old, next, [0, 0, 1_000], [1_008, 1_008, 14])).toEqual([0, 1_008]);
  expect(kept(old, next, [0, 0, 1_000], [101_022, 1_008, 14])).toEqual([0]);
});

test("where a cover goes, the next one is judged from the end of the one before it", () => {
  const head = randomBytes(1_000, 7);
  const near = randomBytes(14, 6);
  const rest = randomBytes(2 ** 20, 8);
  const old = new Uint8Array(Buffer.concat([head, near, rest, text(14)]));
  const next = new Uint8Array(Buffer.concat([head, text(14), near]));
  const covers = [
    [0, 0, 1_000],
    [old.length - 14, 1_000, 14],
    [1_000, 1_014, 14],
  ] as const;
  expect(kept(old, next, ...covers)).toEqual([0, 1_014]);
});

test("no cover at all is fine", () => {
  expect(kept(text(10), text(10))).toEqual([]);
});
