import { addCover, CoverList, coverOf } from "./cover-list";
import { equalUntil } from "./equal-bytes";
import { move, OldView } from "./old-view";
import { addSteps, bytes, position } from "./segment";

/**
 * How many more bytes must differ than agree, since the best place, before a cover is cut there. Then the bytes up to where it
 * agrees again are new ones: their differences from whatever stood there would be noise to the compressor.
 */
const patience: i32 = 64;

/**
 * Cuts covers where they don't resemble the old file for a while: an alignment is held on to over a stretch that was
 * overwritten, since behind it it goes on.
 */
export function splitCovers(covers: CoverList, parts: CoverList, old: OldView): void {
  parts.count = 0;
  for (let i = 0; i < covers.count; i += 1) {
    const cover = coverOf(covers, i);
    splitCover(parts, old, <i64>cover.oldPosition, <i64>cover.newPosition, <i32>cover.length);
  }
}

function splitCover(
  parts: CoverList,
  old: OldView,
  oldPosition: i64,
  newPosition: i64,
  length: i32,
): void {
  const next = bytes + <usize>(newPosition - position);
  let start = 0;
  let end = 0;
  let score = 0;
  let bestScore = 0;
  for (let done = 0; done < length; ) {
    if (oldPosition + done < old.start || oldPosition + done >= old.end)
      move(old, oldPosition + done);
    const beside = old.bytes + <usize>(oldPosition - old.start);
    const stop = <i32>min<i64>(length, old.end - oldPosition);
    while (done < stop) {
      const equal = equalUntil(done, stop, next, beside) - done;
      if (equal > 0) {
        score += equal;
        done += equal;
        if (score > bestScore) {
          bestScore = score;
          end = done;
        }
        continue;
      }
      score -= 1;
      done += 1;
      if (score < bestScore - patience) {
        if (end > start) addCover(parts, oldPosition + start, newPosition + start, end - start);
        start = end = done;
        score = bestScore = 0;
      } else if (score < 0 && end === start) {
        // Nothing is held yet: it begins behind.
        start = end = done;
        score = 0;
      }
    }
  }
  addSteps(length);
  if (end > start) addCover(parts, oldPosition + start, newPosition + start, end - start);
}
