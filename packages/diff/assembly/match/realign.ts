import { addCover, CoverList, coverOf } from "./cover-list";
import { extendBackward, extendForward } from "./extend";
import { beginNearShift, findAround, findNear, none, shareOf } from "./near-shift";
import { OldView, oldSize } from "./old-view";
import { addSteps, position, size } from "./segment";
import { firstLeft, secondLeft, splitOverlap } from "./split-overlap";

/** Shorter gaps are left as they are. */
const leastGap: i32 = 1 << 10;
/** Covers are looked at piece by piece. */
const pieceBytes: i32 = 1 << 12;
/** Of a piece of a cover, the share of equal bytes below which a better alignment is looked for, and how much better it must be. */
const poorShare: f64 = 0.8;
const leastGain: f64 = 0.08;
/** How far behind its best place the score of a stretch may fall before it is no longer followed. */
const patience: i32 = 256;
/** How much of a stretch must be found for it to be a cover. */
const leastFilled: i32 = 64;

let realigned: CoverList = changetype<CoverList>(0);
let old: OldView = changetype<OldView>(0);

/**
 * Finds alignments where no block is equal: in the gaps between covers, and instead of those that are far from equal. In a table
 * of pointers, each of which moved by as much, hardly any sixteen bytes in a row are the same. Such a stretch mostly stands near to
 * where its neighbours do.
 *
 * @param into - What becomes of the covers.
 */
export function realign(covers: CoverList, into: CoverList, view: OldView): void {
  into.count = 0;
  realigned = into;
  old = view;
  beginNearShift(view);
  let end = 0;
  let shift = position;
  for (let i = 0; i < covers.count; i += 1) {
    const cover = coverOf(covers, i);
    const began = <i32>(<i64>cover.newPosition - position);
    const next = <i64>cover.oldPosition - began;
    realignGap(end, began, shift, next);
    end = began + <i32>cover.length;
    realignCover(began, end, next);
    shift = next;
  }
  realignGap(end, size, shift, none);
}

/** What is found of a gap, near the alignments before and behind it. */
function realignGap(from: i32, until: i32, before: i64, behind: i64): void {
  const last = behind === none ? before : behind;
  let first = before;
  let second = behind;
  let start = from;
  let stride = pieceBytes;
  for (let at = from; until - at >= leastGap; ) {
    const shift = findNear(at, first, second);
    if (shift === none) {
      at += stride;
      stride *= 2;
      continue;
    }
    const back = extendBackward(at, old, shift + at, at - start, patience);
    const ahead = extendForward(at, old, shift + at, until - at, patience);
    if (back + ahead >= leastFilled) {
      addStretch(at - back, at + ahead, shift);
      first = shift;
      second = last;
      start = at + ahead;
      stride = pieceBytes;
    }
    at += max(ahead, leastGap);
  }
}

/** A cover, with better alignments for the pieces of it that have any. */
function realignCover(from: i32, until: i32, shift: i64): void {
  let began = from;
  let present = shift;
  let other = shift;
  let stride = pieceBytes;
  for (let at = from; until - at >= pieceBytes; ) {
    const share = shareOf(at, shift, pieceBytes);
    const isPoor = share < poorShare;
    let best = shift;
    if (isPoor) {
      const found = isBetter(at, shift, share, other) ? other : findAround(at, shift);
      if (found !== none && isBetter(at, shift, share, found)) best = found;
    }
    if (best !== present) {
      began = turn(began, present, at, best);
      present = best;
    }
    if (best !== shift) other = best;
    stride = isPoor && best === shift ? 2 * stride : pieceBytes;
    at += isPoor ? stride : pieceBytes;
  }
  addStretch(began, until, present);
}

function isBetter(at: i32, shift: i64, share: f64, one: i64): bool {
  return one !== shift && shareOf(at, one, pieceBytes) > share + leastGain;
}

/**
 * Ends a stretch near to `at`, where another one explains more.
 *
 * @returns where that begins
 */
function turn(began: i32, present: i64, at: i32, shift: i64): i32 {
  const reach = <i32>min<i64>(min(pieceBytes, at - began), shift + at);
  splitOverlap(began, at - began, present, old, at, reach, shift, old);
  const kept = firstLeft;
  const taken = secondLeft;
  addSteps(reach);
  addStretch(began, began + kept, present);
  return at - taken;
}

/** A better alignment of a piece may end before the cover does, with the old file. */
function addStretch(from: i32, until: i32, shift: i64): void {
  until = <i32>min<i64>(until, oldSize - shift);
  if (until > from) addCover(realigned, shift + from, position + from, until - from);
}
