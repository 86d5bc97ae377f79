import type { OldView } from "./old-view.js";
import type { Segment } from "./segment.js";

/** How many bytes from `at` of the segment and `oldAt` of the old file on are equal, to the end of the shorter. */
export function equalForward(segment: Segment, at: number, old: OldView, oldAt: number): number {
  const { bytes, words } = segment;
  const most = Math.min(bytes.length - at, old.sizeBytes - oldAt);
  let done = 0;
  while (done < most) {
    if (oldAt + done < old.start || oldAt + done >= old.end) old.move(oldAt + done);
    const { bytes: oldBytes, words: oldWords } = old;
    const offset = oldAt - old.start;
    const stop = Math.min(most, old.end - oldAt);
    while (
      done <= stop - 4 &&
      words.getInt32(at + done, true) === oldWords.getInt32(offset + done, true)
    ) {
      done += 4;
    }
    while (done < stop && bytes[at + done] === oldBytes[offset + done]) done += 1;
    if (done < stop) break;
  }
  segment.work.steps += done;
  return done;
}
