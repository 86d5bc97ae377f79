import { blockBytes } from "./block-hash.js";
import { type BlockIndex, bucketPlaces, hasTag, numberMask } from "./block-index.js";
import { byteAt } from "./is-better.js";
import type { OldView } from "./old-view.js";
import type { Segment } from "./segment.js";

/** Candidates that are equal for so long are as good as each other. */
const longestLook = 256;

/**
 * Of the places in the old file that the index has for a block's hash, the one from which on most bytes are equal; of such
 * the one nearest to `expectedAt`.
 *
 * @returns its position; -1 where no whole block is equal anywhere
 */
export function longestCandidate(
  segment: Segment,
  at: number,
  index: BlockIndex,
  hash: number,
  old: OldView,
  expectedAt: number,
): number {
  const first = hash >>> index.shift;
  const most = Math.min(longestLook, segment.bytes.length - at);
  let longest = blockBytes - 1;
  let found = -1;
  for (let way = 0; way < bucketPlaces; way += 1) {
    const place = index.table[first ^ way] as number;
    if (place === 0) break;
    if (!hasTag(place, hash)) continue;
    const oldAt = ((place & numberMask) - 1) * index.stepBytes;
    let equal = 0;
    while (equal < most && byteAt(old, oldAt + equal) === segment.bytes[at + equal]) equal += 1;
    segment.work.steps += equal + 1;
    if (equal < longest) continue;
    const isNearer = Math.abs(oldAt - expectedAt) < Math.abs(found - expectedAt);
    if (equal > longest || (found >= 0 && isNearer)) {
      longest = equal;
      found = oldAt;
    }
  }
  return found;
}
