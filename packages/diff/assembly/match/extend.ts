import { allEqual, equalMask } from "./equal-mask";
import { move, OldView, oldSize } from "./old-view";
import { addSteps, bytes } from "./segment";

/** The patience of an extension that holds on to the end. */
export const endless: i32 = i32.MAX_VALUE;

/**
 * How far an alignment is worth holding on to from `at` forwards: the length, up to `most`, at which twice the equal
 * bytes less the length is greatest. Bytes behind the old file's end don't count.
 *
 * @param patience - How far the score may fall behind its best before the rest is not looked at.
 * @see C. Percival, "Naive differences of executable code" (2003)
 */
export function extendForward(at: i32, old: OldView, oldAt: i64, most: i32, patience: i32): i32 {
  const limit = <i32>min<i64>(most, oldSize - oldAt);
  const next = bytes + at;
  let score = 0;
  let bestScore = 0;
  let best = 0;
  let done = 0;
  while (done < limit && bestScore - score <= patience) {
    if (oldAt + done < old.start || oldAt + done >= old.end) move(old, oldAt + done);
    const stop = <i32>min<i64>(limit, old.end - oldAt);
    const beside = old.bytes + <usize>(oldAt - old.start);
    while (done < stop && bestScore - score <= patience) {
      if (done <= stop - 16) {
        let equal = equalMask(next + done, beside + done);
        const count = popcnt(equal);
        // Sixteen at a time where nothing within them can end it.
        if (bestScore - score + 16 - count <= patience) {
          if (equal === allEqual || score + count <= bestScore) {
            score += 2 * count - 16;
            done += 16;
          } else {
            const end = done + 16;
            for (;;) {
              const run = ctz(~equal);
              score += run;
              done += run;
              equal >>= run;
              if (score > bestScore) {
                bestScore = score;
                best = done;
              }
              if (equal === 0) break;
              const gap = ctz(equal);
              score -= gap;
              done += gap;
              equal >>= gap;
            }
            score -= end - done;
            done = end;
          }
          if (score > bestScore) {
            bestScore = score;
            best = done;
          }
          continue;
        }
      }
      score += load<u8>(next + done) === load<u8>(beside + done) ? 1 : -1;
      done += 1;
      if (score > bestScore) {
        bestScore = score;
        best = done;
      }
    }
  }
  addSteps(done);
  return best;
}

/** The same from `at` backwards. Bytes before the old file's begin don't count. */
export function extendBackward(at: i32, old: OldView, oldAt: i64, most: i32, patience: i32): i32 {
  const limit = <i32>min<i64>(most, oldAt);
  const next = bytes + at;
  let score = 0;
  let bestScore = 0;
  let best = 0;
  let done = 0;
  while (done < limit && bestScore - score <= patience) {
    const before = oldAt - done - 1;
    if (before < old.start || before >= old.end) move(old, before);
    const offset = oldAt - old.start;
    const stop = <i32>min<i64>(limit, offset);
    const beside = old.bytes + <usize>offset;
    while (done < stop && bestScore - score <= patience) {
      if (done <= stop - 16) {
        // The byte that comes first is the highest bit of all 32.
        let equal = equalMask(next - done - 16, beside - done - 16) << 16;
        const count = popcnt(equal);
        if (bestScore - score + 16 - count <= patience) {
          if (score + count <= bestScore) {
            score += 2 * count - 16;
            done += 16;
          } else {
            const end = done + 16;
            for (;;) {
              const run = clz(~equal);
              score += run;
              done += run;
              equal <<= run;
              if (score > bestScore) {
                bestScore = score;
                best = done;
              }
              if (equal === 0) break;
              const gap = clz(equal);
              score -= gap;
              done += gap;
              equal <<= gap;
            }
            score -= end - done;
            done = end;
          }
          continue;
        }
      }
      done += 1;
      score += load<u8>(next - done) === load<u8>(beside - done) ? 1 : -1;
      if (score > bestScore) {
        bestScore = score;
        best = done;
      }
    }
  }
  addSteps(done);
  return best;
}
