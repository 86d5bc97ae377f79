import { blockBytes } from "./block-hash";
import { bucketPlaces, hasTag, numberMask, placeAt, shift, stepBytes } from "./block-index";
import { equalUntil } from "./equal-bytes";
import { move, OldView, oldSize } from "./old-view";
import { addSteps, bytes, size } from "./segment";

/** Candidates that are equal for so long are as good as each other. */
const longestLook: i32 = 256;

/**
 * Of the places in the old file that the index has for a block's hash, the one from which on most bytes are equal; of such
 * the one nearest to `expectedAt`.
 *
 * @returns its position; -1 where no whole block is equal anywhere
 */
export function longestCandidate(at: i32, hash: u32, old: OldView, expectedAt: i64): i64 {
  const first = hash >> shift;
  const most = min(longestLook, size - at);
  let longest = blockBytes - 1;
  let found: i64 = -1;
  for (let way = 0; way < bucketPlaces; way += 1) {
    const place = load<i32>(placeAt(first ^ way));
    if (place === 0) break;
    if (!hasTag(place, hash)) continue;
    const oldAt = <i64>((place & numberMask) - 1) * stepBytes;
    const equal = equalFrom(at, most, old, oldAt);
    addSteps(equal + 1);
    if (equal < longest) continue;
    const isNearer = abs(oldAt - expectedAt) < abs(found - expectedAt);
    if (equal > longest || (found >= 0 && isNearer)) {
      longest = equal;
      found = oldAt;
    }
  }
  return found;
}

/** How many bytes are equal from a place on, up to `most`. */
function equalFrom(at: i32, most: i32, old: OldView, oldAt: i64): i32 {
  const limit = <i32>min<i64>(most, oldSize - oldAt);
  let equal = 0;
  while (equal < limit) {
    if (oldAt + equal < old.start || oldAt + equal >= old.end) move(old, oldAt + equal);
    const stop = <i32>min<i64>(limit, old.end - oldAt);
    equal = equalUntil(equal, stop, bytes + at, old.bytes + <usize>(oldAt - old.start));
    if (equal < stop) break;
  }
  return equal;
}
