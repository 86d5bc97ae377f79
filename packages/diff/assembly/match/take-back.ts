import { addCover, CoverList, coverOf } from "./cover-list";
import { endless, extendBackward } from "./extend";
import { OldView } from "./old-view";
import { position, steps } from "./segment";
import { firstLeft, secondLeft, splitOverlap } from "./split-overlap";

/** Shorter covers cost more than the bytes that they save. */
export const leastCover: i32 = 8;
/** How far back a new alignment may take over what those before had. */
const longestReach: i32 = 1 << 16;
/** How far behind its best place the score of a new alignment may fall before it is no longer followed backwards. */
const patience: i32 = 64;
/**
 * How much work a segment may have been before new alignments reach back less far: some, and so many bytes looked at for
 * each new one. Real files are far below. Else what takes over all that was before, again and again, would cost without end.
 */
const freeSteps: i64 = 1 << 20;
const stepsForEach: i64 = 24;

/**
 * Ends the present stretch where a new alignment begins: adds it to the covers, unless the new one explains all of it
 * better. Then that may take over covers before it too, which were found while the right place was not seen yet.
 *
 * @param began - Where the present stretch began, and so on of it.
 * @param from - Where the new alignment was found, in the segment.
 * @returns how many bytes before `from` the new alignment takes
 */
export function takeBack(
  covers: CoverList,
  began: i32,
  shift: i64,
  stretchBytes: i32,
  present: OldView,
  from: i32,
  newShift: i64,
  view: OldView,
): i32 {
  const room = max<i64>(0, freeSteps + stepsForEach * from - steps);
  const reach = <i32>min<i64>(longestReach, room);
  let most = min(from - began, reach);
  let taken = extendBackward(from, view, newShift + from, most, endless);
  while (true) {
    splitOverlap(began, stretchBytes, shift, present, from, taken, newShift, view);
    const kept = firstLeft;
    taken = secondLeft;
    if (kept >= leastCover) {
      addCover(covers, shift + began, position + began, kept);
      return taken;
    }
    const at = from - taken;
    if (covers.count === 0) {
      most = min(at, reach - taken);
      return taken + extendBackward(at, view, newShift + at, most, patience);
    }
    const last = coverOf(covers, covers.count - 1);
    const length = <i32>last.length;
    began = <i32>(<i64>last.newPosition - position);
    most = min(at - began, reach - taken);
    const more = extendBackward(at, view, newShift + at, most, patience);
    if (at - more >= began + length) return taken + more;
    taken += more;
    shift = <i64>last.oldPosition - began;
    stretchBytes = length;
    covers.count -= 1;
  }
}
