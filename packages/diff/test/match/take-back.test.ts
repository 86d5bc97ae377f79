import { expect, test } from "vitest";
import { CoverList } from "../../src/match/cover-list.js";
import { randomBytes } from "../compress/lzma2/block-content.js";
import { matchPair } from "./match-pair.js";
import { Opened } from "./opened.js";

const listed = (covers: CoverList) => [...covers.numbers];

/** How many bytes before `from` a new alignment takes from the present one. */
function takeBack(
  opened: Opened,
  present: { readonly began: number; readonly shift: number; readonly bytes: number },
  start: { readonly from: number; readonly shift: number },
): number {
  const { parts } = opened;
  return parts.takeBack(
    parts.found.value,
    ...([present.began, BigInt(present.shift), present.bytes, parts.present.value] as const),
    ...([start.from, BigInt(start.shift), parts.other.value] as const),
  );
}
const different = (bytes: Uint8Array): Uint8Array => bytes.map((byte) => byte ^ 0x80);

test("the stretch before a new alignment is kept up to where the new one explains more", () => {
  const next = randomBytes(1_000);
  // The first 600 bytes at the old file's begin; those from 500 on further behind.
  const old = new Uint8Array(3_000);
  old.set(next.subarray(0, 600), 0);
  old.set(next.subarray(550), 2_000);
  const opened = new Opened(old).open(next, 7_000);
  const present = { began: 0, shift: 0, bytes: 620 };
  const taken = takeBack(opened, present, { from: 700, shift: 1_450 });
  const { covers } = opened;
  // Between 550 and 600 both are right: the one that was there stays, as long as it explains no less.
  expect(700 - taken).toBe(covers.length(0));
  expect(700 - taken).toBeGreaterThanOrEqual(550);
  expect(700 - taken).toBeLessThanOrEqual(600);
  expect(listed(covers)).toEqual([0, 7_000, 700 - taken]);
});

test("a stretch of less than eight bytes is given up", () => {
  const next = randomBytes(100);
  const old = new Uint8Array(Buffer.concat([next.subarray(0, 7), different(next), next]));
  const opened = new Opened(old).open(next);
  const start = { from: 40, shift: 107 };
  expect(takeBack(opened, { began: 0, shift: 0, bytes: 7 }, start)).toBe(40);
  expect(opened.covers.count).toBe(0);
});

test("regression: false covers that were found before the right place was seen are taken over", () => {
  const next = randomBytes(2_000);
  const lies = [100, 160, 220, 280].map((at) => next.slice(at, at + 20));
  const old = new Uint8Array(Buffer.concat([...lies, different(next.subarray(0, 500)), next]));
  const right = old.length - next.length;
  const covers = new CoverList();
  for (const [number, at] of [100, 160, 220].entries()) covers.add(20 * number, at, 20);
  const present = { began: 280, shift: 60 - 280, bytes: 20 };
  const start = { from: 400, shift: right };
  const opened = new Opened(old).open(next);
  opened.covers = covers;
  expect(opened.covers.count).toBe(3);
  expect(takeBack(opened, present, start)).toBe(400);
  expect(opened.covers.count).toBe(0);
});

test("covers that are as good as the new alignment stay", () => {
  const next = randomBytes(1_000);
  const old = new Uint8Array(
    Buffer.concat([next.subarray(0, 300), different(next), next.subarray(300)]),
  );
  const covers = new CoverList();
  covers.add(0, 0, 290);
  const present = { began: 290, shift: 500, bytes: 0 };
  const opened = new Opened(old).open(next);
  opened.covers = covers;
  expect(takeBack(opened, present, { from: 400, shift: 1_000 })).toBe(100);
  expect(listed(opened.covers)).toEqual([0, 0, 290]);
});

test("a new alignment reaches back no further than 64 KiB", () => {
  const next = randomBytes(150_000);
  const old = new Uint8Array(Buffer.concat([different(next), next]));
  const present = { began: 0, shift: 0, bytes: 0 };
  const start = { from: 149_000, shift: next.length };
  expect(takeBack(new Opened(old).open(next), present, start)).toBe(2 ** 16);
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
