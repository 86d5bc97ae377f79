import type { CoverList } from "./cover-list.js";
import { extendBackward } from "./extend.js";
import type { OldView } from "./old-view.js";
import type { Segment } from "./segment.js";
import { type Forward, splitOverlap } from "./split-overlap.js";

/** Shorter covers cost more than the bytes that they save. */
export const leastCover = 8;
/** How far back a new alignment may take over what those before had. */
const longestReach = 2 ** 16;
/** How far behind its best place the score of a new alignment may fall before it is no longer followed backwards. */
const patience = 64;
/**
 * How much work a segment may have been before new alignments reach back less far: some, and so many bytes looked at for
 * each new one. Real files are far below. Else what takes over all that was before, again and again, would cost without end.
 */
const freeSteps = 2 ** 20;
const stepsForEach = 24;

/** The begin of a new alignment. */
export interface Start {
  /** Where it was found, in the segment. */
  readonly from: number;
  readonly shift: number;
  readonly view: OldView;
}

/**
 * Ends the present stretch where a new alignment begins: adds it to the covers, unless the new one explains all of it
 * better. Then that may take over covers before it too, which were found while the right place was not seen yet.
 *
 * @returns how many bytes before `from` the new alignment takes
 */
export function takeBack(
  segment: Segment,
  covers: CoverList,
  present: Forward,
  start: Start,
): number {
  const { from, shift, view } = start;
  const room = Math.max(0, freeSteps + stepsForEach * from - segment.work.steps);
  const reach = Math.min(longestReach, room);
  let left = present;
  let most = Math.min(from - left.began, reach);
  let taken = extendBackward(segment, from, view, from + shift, most);
  for (;;) {
    const [kept, rest] = splitOverlap(segment.bytes, left, { ...start, bytes: taken });
    taken = rest;
    if (kept >= leastCover) {
      covers.add(left.began + left.shift, segment.position + left.began, kept);
      return taken;
    }
    const at = from - taken;
    if (covers.count === 0) {
      most = Math.min(at, reach - taken);
      return taken + extendBackward(segment, at, view, at + shift, most, patience);
    }
    const last = covers.count - 1;
    const began = covers.newPosition(last) - segment.position;
    most = Math.min(at - began, reach - taken);
    const more = extendBackward(segment, at, view, at + shift, most, patience);
    if (at - more >= began + covers.length(last)) return taken + more;
    taken += more;
    left = {
      began,
      shift: covers.oldPosition(last) - covers.newPosition(last) + segment.position,
      bytes: covers.length(last),
      view: present.view,
    };
    covers.removeLast();
  }
}
