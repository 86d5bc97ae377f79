import { blockBytes } from "./block-hash.js";
import type { OldView } from "./old-view.js";
import type { Segment } from "./segment.js";

/** By how many bytes another alignment must be better than the present one to be taken. */
const leastGain = 8;
/** How far is looked, each way: where the present alignment is hardly worse over such a length, it stays. */
const longestLook = 4096;

/** Two alignments of which one is to be chosen, by where the byte at `at` stands in the old file. */
export interface Rivals {
  readonly present: OldView;
  /** May be outside of the old file. */
  readonly presentAt: number;
  readonly other: OldView;
  readonly otherAt: number;
}

/**
 * Whether the other alignment runs on exactly around `at`, for a block at least, and explains more bytes there than the
 * present one by {@link leastGain}: bsdiff's rule.
 *
 * @param most - How far it may be looked backwards.
 */
export function isBetter(segment: Segment, at: number, rivals: Rivals, most: number): boolean {
  const { bytes } = segment;
  const { present, presentAt, other, otherAt } = rivals;
  const oldBytes = other.sizeBytes;
  const ahead = Math.min(longestLook, bytes.length - at, oldBytes - otherAt);
  const behind = Math.min(longestLook, most, otherAt);
  let lead = 0;
  let done = 0;
  for (; done < ahead && (lead <= leastGain || done < blockBytes); done += 1) {
    const byte = bytes[at + done];
    if (byteAt(other, otherAt + done) !== byte) break;
    if (byteAt(present, presentAt + done) !== byte) lead += 1;
  }
  segment.work.steps += done;
  if (done < blockBytes) return false;
  for (done = 1; done <= behind && lead <= leastGain; done += 1) {
    const byte = bytes[at - done];
    if (byteAt(other, otherAt - done) !== byte) break;
    if (byteAt(present, presentAt - done) !== byte) lead += 1;
  }
  segment.work.steps += done;
  return lead > leastGain;
}

/** `undefined` outside of the old file. */
export function byteAt(view: OldView, position: number): number | undefined {
  if (position < view.start || position >= view.end) {
    if (position < 0 || position >= view.sizeBytes) return undefined;
    view.move(position);
  }
  return view.bytes[position - view.start];
}
