import { blockBytes } from "./block-hash";
import { allEqual, equalMask } from "./equal-mask";
import { byteAt, holds, OldView, oldSize, place } from "./old-view";
import { addSteps, bytes, size } from "./segment";

/** By how many bytes another alignment must be better than the present one to be taken. */
const leastGain: i32 = 8;
/** How far is looked, each way: where the present alignment is hardly worse over such a length, it stays. */
const longestLook: i32 = 4096;

/**
 * Whether the other alignment runs on exactly around `at`, for a block at least, and explains more bytes there than the
 * present one by {@link leastGain}: bsdiff's rule.
 *
 * @param presentAt - Where the byte at `at` stands in the old file on the present alignment; may be outside of it.
 * @param most - How far it may be looked backwards.
 */
export function isBetter(
  at: i32,
  present: OldView,
  presentAt: i64,
  other: OldView,
  otherAt: i64,
  most: i32,
): bool {
  const ahead = <i32>min<i64>(min(longestLook, size - at), oldSize - otherAt);
  const behind = <i32>min<i64>(min(longestLook, most), otherAt);
  let lead = 0;
  let done = 0;
  while (done < ahead && (lead <= leastGain || done < blockBytes)) {
    // Sixteen at a time where nothing within them can decide.
    if (
      done <= ahead - 16 &&
      holds(other, otherAt + done, 16) &&
      holds(present, presentAt + done, 16)
    ) {
      const next = bytes + at + done;
      if (equalMask(next, place(other, otherAt + done)) === allEqual) {
        const more = 16 - popcnt(equalMask(next, place(present, presentAt + done)));
        if (lead + more <= leastGain) {
          lead += more;
          done += 16;
          continue;
        }
      }
    }
    const byte = <i32>load<u8>(bytes + at + done);
    if (byteAt(other, otherAt + done) !== byte) break;
    if (byteAt(present, presentAt + done) !== byte) lead += 1;
    done += 1;
  }
  addSteps(done);
  if (done < blockBytes) return false;
  done = 1;
  while (done <= behind && lead <= leastGain) {
    if (
      done + 15 <= behind &&
      holds(other, otherAt - done - 15, 16) &&
      holds(present, presentAt - done - 15, 16)
    ) {
      const next = bytes + at - done - 15;
      if (equalMask(next, place(other, otherAt - done - 15)) === allEqual) {
        const more = 16 - popcnt(equalMask(next, place(present, presentAt - done - 15)));
        if (lead + more <= leastGain) {
          lead += more;
          done += 16;
          continue;
        }
      }
    }
    const byte = <i32>load<u8>(bytes + at - done);
    if (byteAt(other, otherAt - done) !== byte) break;
    if (byteAt(present, presentAt - done) !== byte) lead += 1;
    done += 1;
  }
  addSteps(done);
  return lead > leastGain;
}
