import { CoverList } from "./cover-list.js";
import { byteAt } from "./is-better.js";
import type { OldView } from "./old-view.js";
import type { Segment } from "./segment.js";

/** Covers of this length and more always pay. */
const longEnough = 256;
/** What a byte that differs costs, in equal bytes: an entry of the differences, which breaks a run. */
const mismatchCost = 2;
/** Bytes that must be saved for each byte that a cover's own entry takes, where the compressor can do nothing with them. */
const leastRate = 1.2;
/** Of as many random bytes so large a share of other ones: the compressor can do nothing with them. */
const randomShare = 0.85;

/**
 * Leaves out the short covers that cost more than they save. A cover takes some bytes of the patch for where it is. What
 * it saves are new bytes, most of which would be compressed: the better, the more of them there are.
 */
export function dropWeakCovers(segment: Segment, covers: CoverList, old: OldView): CoverList {
  const rate = compressibleRate(segment, covers);
  const kept = new CoverList();
  let oldEnd = covers.oldPosition(0);
  let newEnd = covers.newPosition(0);
  for (let cover = 0; cover < covers.count; cover += 1) {
    const oldPosition = covers.oldPosition(cover);
    const newPosition = covers.newPosition(cover);
    const length = covers.length(cover);
    const entryBytes =
      varintBytes(2 * Math.abs(oldPosition - oldEnd)) +
      varintBytes(newPosition - newEnd) +
      varintBytes(length);
    if (length < longEnough) {
      const { equal, others } = looksLike(segment, newPosition, length, old, oldPosition);
      const needed = others >= randomShare * othersOfRandom(length) ? leastRate : rate;
      if (equal - mismatchCost * (length - equal) < needed * entryBytes) continue;
    }
    kept.add(oldPosition, newPosition, length);
    oldEnd = oldPosition + length;
    newEnd = newPosition + length;
  }
  return kept;
}

/** {@link leastRate} for what is compressed well: from 3, in a segment with few new bytes, to 7. */
function compressibleRate({ bytes }: Segment, covers: CoverList): number {
  let newBytes = bytes.length;
  for (let cover = 0; cover < covers.count; cover += 1) newBytes -= covers.length(cover);
  return Math.min(7, Math.max(3, Math.log2(newBytes + 1) / 2 - 2));
}

const seen = new Uint8Array(256);

/** How many bytes of a cover are equal, and how many different ones it has. */
function looksLike(
  segment: Segment,
  newPosition: number,
  length: number,
  old: OldView,
  oldPosition: number,
): { equal: number; others: number } {
  const at = newPosition - segment.position;
  let equal = 0;
  let others = 0;
  seen.fill(0);
  for (let i = 0; i < length; i += 1) {
    const byte = segment.bytes[at + i] as number;
    if (byteAt(old, oldPosition + i) === byte) equal += 1;
    others += 1 - (seen[byte] as number);
    seen[byte] = 1;
  }
  segment.work.steps += length;
  return { equal, others };
}

/** How many different bytes are expected among so many random ones. */
const othersOfRandom = (length: number): number => 256 * (1 - Math.exp(-length / 256));

function varintBytes(value: number): number {
  let bytes = 1;
  for (let rest = value; rest >= 128; rest /= 128) bytes += 1;
  return bytes;
}
