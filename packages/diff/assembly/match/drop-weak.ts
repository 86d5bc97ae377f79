import { CoverList, coverOf } from "./cover-list";
import { exp, log2 } from "./host";
import { byteAt, OldView } from "./old-view";
import { addSteps, bytes, position, size } from "./segment";

/** Covers of this length and more always pay. */
const longEnough: i32 = 256;
/** What a byte that differs costs, in equal bytes: an entry of the differences, which breaks a run. */
const mismatchCost: i32 = 2;
/** Bytes that must be saved for each byte that a cover's own entry takes, where the compressor can do nothing with them. */
const leastRate: f64 = 1.2;
/** Of as many random bytes so large a share of other ones: the compressor can do nothing with them. */
const randomShare: f64 = 0.85;

/** What {@link openDropWeak} needs of memory: which bytes were seen. */
export const seenBytes: i32 = 256;
let seen: usize = 0;

export function openDropWeak(room: usize): void {
  seen = room;
}

// Of the cover that was looked at last: how many of its bytes are equal, and how many different ones it has.
let equal: i32 = 0;
let others: i32 = 0;

/**
 * Leaves out the short covers that cost more than they save. A cover takes some bytes of the patch for where it is. What
 * it saves are new bytes, most of which would be compressed: the better, the more of them there are.
 */
export function dropWeakCovers(covers: CoverList, old: OldView): void {
  if (covers.count === 0) return;
  const rate = compressibleRate(covers);
  let kept = 0;
  let oldEnd = <i64>coverOf(covers, 0).oldPosition;
  let newEnd = <i64>coverOf(covers, 0).newPosition;
  for (let i = 0; i < covers.count; i += 1) {
    const cover = coverOf(covers, i);
    const oldPosition = <i64>cover.oldPosition;
    const newPosition = <i64>cover.newPosition;
    const length = <i32>cover.length;
    const entryBytes =
      varintBytes(2 * abs(oldPosition - oldEnd)) +
      varintBytes(newPosition - newEnd) +
      varintBytes(length);
    if (length < longEnough) {
      look(<i32>(newPosition - position), length, old, oldPosition);
      const needed = <f64>others >= randomShare * othersOfRandom(length) ? leastRate : rate;
      if (<f64>(equal - mismatchCost * (length - equal)) < needed * <f64>entryBytes) continue;
    }
    memory.copy(changetype<usize>(coverOf(covers, kept)), changetype<usize>(cover), 24);
    kept += 1;
    oldEnd = oldPosition + length;
    newEnd = newPosition + length;
  }
  covers.count = kept;
}

/** {@link leastRate} for what is compressed well: from 3, in a segment with few new bytes, to 7. */
function compressibleRate(covers: CoverList): f64 {
  let newBytes = size;
  for (let i = 0; i < covers.count; i += 1) newBytes -= <i32>coverOf(covers, i).length;
  return min<f64>(7, max<f64>(3, log2(<f64>(newBytes + 1)) / 2 - 2));
}

function look(at: i32, length: i32, old: OldView, oldPosition: i64): void {
  equal = 0;
  others = 0;
  memory.fill(seen, 0, seenBytes);
  for (let i = 0; i < length; i += 1) {
    const byte = <i32>load<u8>(bytes + at + i);
    if (byteAt(old, oldPosition + i) === byte) equal += 1;
    others += 1 - <i32>load<u8>(seen + byte);
    store<u8>(seen + byte, 1);
  }
  addSteps(length);
}

/** How many different bytes are expected among so many random ones. */
function othersOfRandom(length: i32): f64 {
  return 256 * (1 - exp(<f64>-length / 256));
}

function varintBytes(value: i64): i32 {
  let count = 1;
  for (; value >= 128; value >>= 7) count += 1;
  return count;
}
