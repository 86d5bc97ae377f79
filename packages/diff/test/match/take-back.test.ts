import { expect, test } from "vitest";
import { CoverList } from "../../src/match/cover-list.js";
import { viewOfBytes } from "../../src/match/old-view.js";
import { segmentOf } from "../../src/match/segment.js";
import { takeBack } from "../../src/match/take-back.js";
import { randomBytes } from "../compress/lzma2/block-content.js";
import { matchPair } from "./match-pair.js";

const listed = (covers: CoverList) => [...covers.numbers];
const different = (bytes: Uint8Array): Uint8Array => bytes.map((byte) => byte ^ 0x80);

test("the stretch before a new alignment is kept up to where the new one explains more", () => {
  const next = randomBytes(1_000);
  // The first 600 bytes at the old file's begin; those from 500 on further behind.
  const old = new Uint8Array(3_000);
  old.set(next.subarray(0, 600), 0);
  old.set(next.subarray(550), 2_000);
  const view = viewOfBytes(old);
  const covers = new CoverList();
  const present = { began: 0, shift: 0, bytes: 620, view };
  const taken = takeBack(segmentOf(next, 7_000), covers, present, {
    from: 700,
    shift: 1_450,
    view,
  });
  // Between 550 and 600 both are right: the one that was there stays, as long as it explains no less.
  expect(700 - taken).toBe(covers.length(0));
  expect(700 - taken).toBeGreaterThanOrEqual(550);
  expect(700 - taken).toBeLessThanOrEqual(600);
  expect(listed(covers)).toEqual([0, 7_000, 700 - taken]);
});

test("a stretch of less than eight bytes is given up", () => {
  const next = randomBytes(100);
  const old = new Uint8Array(Buffer.concat([next.subarray(0, 7), different(next), next]));
  const view = viewOfBytes(old);
  const covers = new CoverList();
  const start = { from: 40, shift: 107, view };
  const taken = takeBack(segmentOf(next, 0), covers, { began: 0, shift: 0, bytes: 7, view }, start);
  expect(taken).toBe(40);
  expect(covers.count).toBe(0);
});

test("regression: false covers that were found before the right place was seen are taken over", () => {
  const next = randomBytes(2_000);
  const lies = [100, 160, 220, 280].map((at) => next.slice(at, at + 20));
  const old = new Uint8Array(Buffer.concat([...lies, different(next.subarray(0, 500)), next]));
  const right = old.length - next.length;
  const view = viewOfBytes(old);
  const covers = new CoverList();
  for (const [number, at] of [100, 160, 220].entries()) covers.add(20 * number, at, 20);
  const present = { began: 280, shift: 60 - 280, bytes: 20, view };
  const start = { from: 400, shift: right, view };
  expect(takeBack(segmentOf(next, 0), covers, present, start)).toBe(400);
  expect(covers.count).toBe(0);
});

test("covers that are as good as the new alignment stay", () => {
  const next = randomBytes(1_000);
  const old = new Uint8Array(
    Buffer.concat([next.subarray(0, 300), different(next), next.subarray(300)]),
  );
  const view = viewOfBytes(old);
  const covers = new CoverList();
  covers.add(0, 0, 290);
  const present = { began: 290, shift: 500, bytes: 0, view };
  const taken = takeBack(segmentOf(next, 0), covers, present, { from: 400, shift: 1_000, view });
  expect(taken).toBe(100);
  expect(listed(covers)).toEqual([0, 0, 290]);
});

test("a new alignment reaches back no further than 64 KiB", () => {
  const next = randomBytes(150_000);
  const old = new Uint8Array(Buffer.concat([different(next), next]));
  const view = viewOfBytes(old);
  const segment = segmentOf(next, 0);
  const present = { began: 0, shift: 0, bytes: 0, view };
  const start = { from: 149_000, shift: next.length, view };
  expect(takeBack(segment, new CoverList(), present, start)).toBe(2 ** 16);
});

test("the scan of a whole segment ends with the right cover alone, where lies came before it", () => {
  const next = randomBytes(4_000);
  const lies = [200, 264, 328].map((at) => next.slice(at, at + 24));
  const truth = next.slice();
  // The index sees the right place late: before, each of its blocks has a byte wrong, or came up in a lie already.
  for (let at = 3; at < 600; at += 12) {
    const isLie = [200, 264, 328].some((lie) => at >= lie && at < lie + 24);
    if (!isLie) truth[at] = (truth[at] as number) ^ 0x40;
  }
  const old = new Uint8Array(Buffer.concat([...lies, truth]));
  const { covers } = matchPair(old, next);
  expect(listed(covers)).toEqual([72, 0, 4_000]);
});
