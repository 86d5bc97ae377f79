import { CoverList } from "./cover-list.js";
import type { OldView } from "./old-view.js";
import type { Segment } from "./segment.js";

/**
 * How many more bytes must differ than agree, since the best place, before a cover is cut there. Then the bytes up to where it
 * agrees again are new ones: their differences from whatever stood there would be noise to the compressor.
 */
const patience = 64;

/**
 * Cuts covers where they don't resemble the old file for a while: an alignment is held on to over a stretch that was
 * overwritten, since behind it it goes on.
 */
export function splitCovers(segment: Segment, covers: CoverList, old: OldView): CoverList {
  const parts = new CoverList();
  for (let cover = 0; cover < covers.count; cover += 1) {
    const oldPosition = covers.oldPosition(cover);
    const newPosition = covers.newPosition(cover);
    splitCover(segment, parts, old, oldPosition, newPosition, covers.length(cover));
  }
  return parts;
}

function splitCover(
  { bytes, words, position, work }: Segment,
  parts: CoverList,
  old: OldView,
  oldPosition: number,
  newPosition: number,
  length: number,
): void {
  const at = newPosition - position;
  let start = 0;
  let end = 0;
  let score = 0;
  let bestScore = 0;
  for (let done = 0; done < length; ) {
    const oldAt = oldPosition + done;
    if (oldAt < old.start || oldAt >= old.end) old.move(oldAt);
    const { bytes: oldBytes, words: oldWords } = old;
    const offset = oldPosition - old.start;
    const stop = Math.min(length, old.end - oldPosition);
    while (done < stop) {
      if (
        done <= stop - 4 &&
        words.getInt32(at + done, true) === oldWords.getInt32(offset + done, true)
      ) {
        score += 4;
        done += 4;
      } else {
        score += bytes[at + done] === oldBytes[offset + done] ? 1 : -1;
        done += 1;
        if (score < bestScore - patience) {
          if (end > start) parts.add(oldPosition + start, newPosition + start, end - start);
          start = done;
          end = done;
          score = 0;
          bestScore = 0;
          continue;
        }
        if (score < 0 && end === start) {
          // Nothing is held yet: it begins behind.
          start = done;
          end = done;
          score = 0;
        }
      }
      if (score > bestScore) {
        bestScore = score;
        end = done;
      }
    }
  }
  work.steps += length;
  if (end > start) parts.add(oldPosition + start, newPosition + start, end - start);
}
