import type { CoverList } from "../match/cover-list.js";
import type { OldView } from "../match/old-view.js";
import type { Segment } from "../match/segment.js";

/**
 * What is to be added to the covers' old bytes to make a segment, byte by byte; 0 where there is no cover.
 *
 * @param room - Where to: at least as long as the segment, and overwritten.
 */
export function differencesOf(
  segment: Segment,
  covers: CoverList,
  old: OldView,
  room: Uint8Array,
): Uint8Array {
  const { bytes, words, position } = segment;
  const differences = room.subarray(0, bytes.length).fill(0);
  for (let cover = 0; cover < covers.count; cover += 1) {
    const oldAt = covers.oldPosition(cover);
    const at = covers.newPosition(cover) - position;
    const length = covers.length(cover);
    for (let done = 0; done < length; ) {
      old.move(oldAt + done);
      const offset = oldAt - old.start;
      const stop = Math.min(length, old.end - oldAt);
      while (done < stop) {
        if (
          done <= stop - 4 &&
          words.getInt32(at + done, true) === old.words.getInt32(offset + done, true)
        ) {
          done += 4;
        } else {
          differences[at + done] =
            (bytes[at + done] as number) - (old.bytes[offset + done] as number);
          done += 1;
        }
      }
    }
  }
  return differences;
}

/** The bytes of a segment that no cover has, one gap after the other. */
export function freshOf({ bytes, position }: Segment, covers: CoverList): Uint8Array {
  let covered = 0;
  for (let cover = 0; cover < covers.count; cover += 1) covered += covers.length(cover);
  const fresh = new Uint8Array(bytes.length - covered);
  let filled = 0;
  let end = 0;
  const takeUntil = (stop: number): void => {
    fresh.set(bytes.subarray(end, stop), filled);
    filled += stop - end;
  };
  for (let cover = 0; cover < covers.count; cover += 1) {
    const start = covers.newPosition(cover) - position;
    takeUntil(start);
    end = start + covers.length(cover);
  }
  takeUntil(bytes.length);
  return fresh;
}
