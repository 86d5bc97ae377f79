import { describe, expect, test } from "vitest";
import { randomBytes } from "../compress/lzma2/block-content.js";
import { indexed, matchPair } from "./match-pair.js";

const joined = (...parts: Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

function candidate(old: Uint8Array, next: Uint8Array, expectedAt: number): number {
  const opened = indexed(old);
  const hash = opened.hashOf(next);
  const { parts } = opened.open(next);
  return Number(parts.longestCandidate(0, hash, parts.present.value, BigInt(expectedAt)));
}

describe("longestCandidate()", () => {
  const block = randomBytes(16, 1);

  test("finds the place from which on most is equal, though it is not the first in the file", () => {
    const next = joined(block, randomBytes(100, 2));
    const old = joined(block, randomBytes(48, 3), next.subarray(0, 40), randomBytes(80, 4), next);
    expect(candidate(old, next, 0)).toBe(old.length - next.length);
  });

  test("of places that are as good finds the one nearest to the expected one", () => {
    const old = joined(block, randomBytes(48, 2), block, randomBytes(48, 3), block);
    expect(candidate(old, block, 70)).toBe(64);
    expect(candidate(old, block, 0)).toBe(0);
    expect(candidate(old, block, 1_000)).toBe(128);
  });

  test("finds nothing where no whole block is equal", () => {
    expect(candidate(randomBytes(1_000, 5), block, 0)).toBe(-1);
  });
});

test("regression: a moved piece whose begin stands elsewhere too is found where all of it is", () => {
  // The index had the first place alone, and the piece was taken for new behind its begin.
  const begin = randomBytes(32, 1);
  const piece = joined(begin, randomBytes(30, 2));
  const old = joined(begin, randomBytes(464, 3), randomBytes(500, 4), randomBytes(4, 5), piece);
  const next = joined(randomBytes(500, 4), piece.subarray(0, 62), randomBytes(300, 6));
  const { covers } = matchPair(old, next);
  let covered = 0;
  for (let cover = 0; cover < covers.count; cover += 1) covered += covers.length(cover);
  expect(covered).toBeGreaterThanOrEqual(562);
});
