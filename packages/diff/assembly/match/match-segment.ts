import { blockBytes } from "./block-hash";
import { beginLookup, hashAt, nextInIndex } from "./block-lookup";
import { addCover, CoverList } from "./cover-list";
import { equalForward } from "./equal-bytes";
import { allEqual, equalMask } from "./equal-mask";
import { endless, extendForward } from "./extend";
import { isBetter } from "./is-better";
import { longestCandidate } from "./longest-candidate";
import { byteAt, holds, OldView, oldSize, place } from "./old-view";
import { addSteps, bytes, position, size } from "./segment";
import { leastCover, takeBack } from "./take-back";

/** Where fewer of a block's bytes differ on the present alignment, no better one is looked up. */
const leastMismatches: i32 = 4;
/** How many places are scanned in one go. */
const window: i32 = 16;
/** After so many bytes in which nothing was found, strides are longer. */
const longBytes: i32 = 1 << 15;
const longerBytes: i32 = 1 << 18;

// How far the scan is: what is kept between the goes.
let scan: i32 = 0;
/** Where the scan was when something was found last. */
let from: i32 = 0;
/** The present alignment, and where its stretch began. */
let shift: i64 = 0;
let began: i32 = 0;
/** Two windows into the old file, so that two alignments don't fight over one. */
let present: OldView = changetype<OldView>(0);
let other: OldView = changetype<OldView>(0);

/**
 * Covers one segment of a new file by stretches of the old one.
 *
 * The segment is scanned from front to end. At each place there is a present alignment (new byte i stands
 * beside old byte i + shift). Where it goes on exactly, the scan skips ahead; where it does badly, the block at the
 * place is looked up, and another alignment is taken when it explains more bytes than the present one. Each stretch is
 * then extended both ways as far as half of the bytes agree.
 */
export function matchSegment(covers: CoverList, one: OldView, another: OldView): void {
  covers.count = 0;
  present = one;
  other = another;
  scan = from = began = 0;
  shift = position;
  beginLookup();
  const lastBlock = size - blockBytes;
  while (scan <= lastBlock) scanWindow(covers, lastBlock);
  addSteps(size);
  const last = extent(size);
  if (last >= leastCover) addCover(covers, shift + began, position + began, last);
}

/** Scans some places. Called again and again, so that it is compiled well while it still has much to do. */
function scanWindow(covers: CoverList, lastBlock: i32): void {
  const stride = strideAfter(scan - from);
  const ahead = min(
    lastBlock + 1,
    stride === 1 ? from + longBytes : stride === 3 ? from + longerBytes : size,
  );
  const until = min(ahead, scan + window);
  const equal = equalBeside();
  const exact = exactBlocks(equal) & strideMask(stride) & ((1 << (until - scan)) - 1);
  const stop = exact === 0 ? until : scan + ctz(exact);
  // Hardly ever are there as few differences that nothing is to be looked up, but then often many times in a row.
  if (popcnt(~equal) >= leastMismatches) {
    for (let at = scan; ; at += stride) {
      at = nextInIndex(at, stop, stride, lastBlock + 1);
      if (at >= stop) break;
      if (popcnt(~(equal >> (at - scan)) & allEqual) < leastMismatches) continue;
      if (turns(covers, at)) return;
    }
  }
  if (exact !== 0) {
    const known = stop + blockBytes;
    // The byte behind the run differs, and is passed over too.
    scan = known + equalForward(known, present, shift + known) + 1;
    from = scan;
    return;
  }
  scan += ((until - scan + stride - 1) / stride) * stride;
}

/** One bit for each of the 32 bytes from the scan on: 1 where it is equal on the present alignment. */
function equalBeside(): i32 {
  const oldAt = shift + scan;
  const next = bytes + scan;
  if (holds(present, oldAt, 32)) {
    const beside = place(present, oldAt);
    return equalMask(next, beside) | (equalMask(next + 16, beside + 16) << 16);
  }
  let equal = 0;
  if (oldAt <= -32 || oldAt >= oldSize) return equal;
  for (let i = 0; i < 32; i += 1) {
    equal |= i32(byteAt(present, oldAt + i) === <i32>load<u8>(next + i)) << i;
  }
  return equal;
}

/** One bit for each of the first sixteen blocks: 1 where all of its bytes are equal. */
function exactBlocks(equal: i32): i32 {
  let exact: u32 = equal;
  exact &= exact >> 1;
  exact &= exact >> 2;
  exact &= exact >> 4;
  exact &= exact >> 8;
  return exact & allEqual;
}

/** Takes another alignment at a place that may be in the index, where there is a better one. */
function turns(covers: CoverList, at: i32): bool {
  const presentAt = shift + at;
  const otherAt = longestCandidate(at, hashAt(at), other, presentAt);
  if (otherAt < 0 || otherAt === presentAt) return false;
  if (!isBetter(at, present, presentAt, other, otherAt, at - began)) return false;
  const newShift = otherAt - at;
  const stretchBytes = extent(at);
  began = at - takeBack(covers, began, shift, stretchBytes, present, at, newShift, other);
  shift = newShift;
  const left = present;
  present = other;
  other = left;
  scan = at + equalForward(at, present, otherAt) + 1;
  from = scan;
  return true;
}

/**
 * How far to go on after so many bytes in which nothing was found: most likely they are new, and so is what follows. A
 * stride that is odd meets some block of a long match in any case, as blocks are a power of two apart, and its begin is then
 * found backwards.
 */
function strideAfter(found: i32): i32 {
  if (found < longBytes) return 1;
  return found < longerBytes ? 3 : 7;
}

/** One bit for each place of sixteen that the scan looks at. */
function strideMask(stride: i32): i32 {
  return stride === 1 ? 0xffff : stride === 3 ? 0x9249 : 0x4081;
}

/** How far the present stretch is worth holding on to, at most `until`. */
function extent(until: i32): i32 {
  const oldAt = shift + began;
  if (oldAt < 0 || oldAt >= oldSize) return 0;
  return extendForward(began, present, oldAt, until - began, endless);
}
