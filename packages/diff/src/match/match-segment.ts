import { blockBytes, blockHash } from "./block-hash.js";
import type { BlockIndex } from "./block-index.js";
import { CoverList } from "./cover-list.js";
import { equalForward } from "./equal-bytes.js";
import { extendForward } from "./extend.js";
import { isBetter } from "./is-better.js";
import { longestCandidate } from "./longest-candidate.js";
import type { OldView } from "./old-view.js";
import type { Segment } from "./segment.js";
import { leastCover, takeBack } from "./take-back.js";

/** Where fewer of a block's bytes differ on the present alignment, no better one is looked up. */
const leastMismatches = 4;
const wholeHistory = 2 ** blockBytes - 1;
const oldestBit = blockBytes - 1;

/** Two windows into the old file, so that two alignments don't fight over one. */
export interface OldViews {
  readonly present: OldView;
  readonly other: OldView;
}

/**
 * Covers one segment of a new file by stretches of the old one.
 *
 * The segment is scanned from front to end. At each place there is a present alignment (new byte i stands
 * beside old byte i + shift). Where it goes on exactly, the scan skips ahead; where it does badly, the block at the
 * place is looked up, and another alignment is taken when it explains more bytes than the present one. Each stretch is
 * then extended both ways as far as half of the bytes agree.
 *
 * @returns covers with positions in the whole new file
 */
export function matchSegment(segment: Segment, old: OldViews, index: BlockIndex): CoverList {
  const covers = new CoverList();
  const { bytes, words, position } = segment;
  const { filter, filterShift } = index;
  const oldSize = old.present.sizeBytes;
  const lastBlock = bytes.length - blockBytes;
  // Variables that a function within this one would use cost twice the time, so there is none.
  let { present, other } = old;
  // The present alignment, and where its stretch began.
  let shift = position;
  let began = 0;

  for (let scan = 0; scan <= lastBlock; ) {
    // One bit for each byte of the block at `scan`, the last byte's lowest: 1 where it differs on the present alignment.
    let history = 0;
    let mismatches = 0;
    const from = scan;
    let known = scan;
    let oldBytes = present.bytes;
    // What stands beside the new byte at `known` is in the view where `known` is from `low` to below `high`.
    let low = present.start - shift;
    let high = present.end - shift;
    for (;;) {
      do {
        let differs = 1;
        const oldAt = known + shift;
        if (known >= low && known < high) {
          if (oldBytes[known - low] === bytes[known]) differs = 0;
        } else if (oldAt >= 0 && oldAt < oldSize) {
          present.move(oldAt);
          oldBytes = present.bytes;
          low = present.start - shift;
          high = present.end - shift;
          continue;
        }
        mismatches += differs - ((history >> oldestBit) & 1);
        history = ((history << 1) | differs) & wholeHistory;
        known += 1;
      } while (known < scan + blockBytes);
      if (history === 0) {
        // The byte behind the run differs, and is passed over too.
        scan = known + equalForward(segment, known, present, known + shift) + 1;
        break;
      }
      if (mismatches >= leastMismatches) {
        const hash = blockHash(words, scan);
        const bit = hash >>> filterShift;
        if (((filter[bit >>> 5] as number) & (1 << (bit & 31))) !== 0) {
          const otherAt = longestCandidate(segment, scan, index, hash, other, scan + shift);
          if (otherAt >= 0) {
            const rivals = { present, presentAt: scan + shift, other, otherAt };
            if (otherAt !== scan + shift && isBetter(segment, scan, rivals, scan - began)) {
              const left = {
                began,
                shift,
                bytes: extent(segment, began, scan, present, shift),
                view: present,
              };
              const right = { from: scan, shift: otherAt - scan, view: other };
              began = scan - takeBack(segment, covers, left, right);
              shift = otherAt - scan;
              [present, other] = [other, present];
              scan += equalForward(segment, scan, present, otherAt) + 1;
              break;
            }
            // Looking at rivals may have moved the view.
            oldBytes = present.bytes;
            low = present.start - shift;
            high = present.end - shift;
          }
        }
      }
      scan += strideAfter(scan - from);
      if (scan > lastBlock) break;
    }
  }
  segment.work.steps += bytes.length;
  const last = extent(segment, began, bytes.length, present, shift);
  if (last >= leastCover) covers.add(began + shift, position + began, last);
  return covers;
}

/**
 * How far to go on after so many bytes in which nothing was found: most likely they are new, and so is what follows. A
 * stride that is odd meets some block of a long match in any case, as blocks are a power of two apart, and its begin is then
 * found backwards.
 */
function strideAfter(bytes: number): number {
  if (bytes < 2 ** 15) return 1;
  return bytes < 2 ** 18 ? 3 : 7;
}

/** How far a stretch that began at `began` is worth holding on to, at most `until`. */
function extent(
  segment: Segment,
  began: number,
  until: number,
  view: OldView,
  shift: number,
): number {
  const oldAt = began + shift;
  if (oldAt < 0 || oldAt >= view.sizeBytes) return 0;
  return extendForward(segment, began, view, oldAt, until - began);
}
