import type { OldView } from "./old-view.js";
import type { Segment } from "./segment.js";

/**
 * How far an alignment is worth holding on to from `at` forwards: the length, up to `most`, at which twice the equal
 * bytes less the length is greatest. Bytes behind the old file's end don't count.
 *
 * @see C. Percival, "Naive differences of executable code" (2003)
 */
export function extendForward(
  segment: Segment,
  at: number,
  old: OldView,
  oldAt: number,
  most: number,
  patience = Number.POSITIVE_INFINITY,
): number {
  const { bytes, words } = segment;
  const limit = Math.min(most, old.sizeBytes - oldAt);
  let score = 0;
  let bestScore = 0;
  let best = 0;
  let done = 0;
  while (done < limit && bestScore - score <= patience) {
    if (oldAt + done < old.start || oldAt + done >= old.end) old.move(oldAt + done);
    const { bytes: oldBytes, words: oldWords } = old;
    const offset = oldAt - old.start;
    const stop = Math.min(limit, old.end - oldAt);
    while (done < stop && bestScore - score <= patience) {
      if (
        done <= stop - 4 &&
        words.getInt32(at + done, true) === oldWords.getInt32(offset + done, true)
      ) {
        score += 4;
        done += 4;
      } else {
        score += bytes[at + done] === oldBytes[offset + done] ? 1 : -1;
        done += 1;
      }
      if (score > bestScore) {
        bestScore = score;
        best = done;
      }
    }
  }
  segment.work.steps += done;
  return best;
}

/**
 * The same from `at` backwards. Bytes before the old file's begin don't count.
 *
 * @param patience - How far the score may fall behind its best before the rest is not looked at.
 */
export function extendBackward(
  segment: Segment,
  at: number,
  old: OldView,
  oldAt: number,
  most: number,
  patience = Number.POSITIVE_INFINITY,
): number {
  const { bytes } = segment;
  const limit = Math.min(most, oldAt);
  let score = 0;
  let bestScore = 0;
  let best = 0;
  let done = 0;
  while (done < limit && bestScore - score <= patience) {
    const next = oldAt - done - 1;
    if (next < old.start || next >= old.end) old.move(next);
    const { bytes: oldBytes } = old;
    const offset = oldAt - old.start;
    const stop = Math.min(limit, offset);
    while (done < stop && bestScore - score <= patience) {
      done += 1;
      score += bytes[at - done] === oldBytes[offset - done] ? 1 : -1;
      if (score > bestScore) {
        bestScore = score;
        best = done;
      }
    }
  }
  segment.work.steps += done;
  return best;
}
