import {
  type BlockIndex,
  indexBlocks,
  indexBytes,
  indexShape,
  makeIndex,
} from "../../src/match/block-index.js";
import type { CoverList } from "../../src/match/cover-list.js";
import { matchSegment, type OldViews } from "../../src/match/match-segment.js";
import { viewOfBytes } from "../../src/match/old-view.js";
import { realign } from "../../src/match/realign.js";
import { segmentOf } from "../../src/match/segment.js";

export interface Matched {
  readonly covers: CoverList;
  readonly steps: number;
}

/** An index of all of an old file in memory. */
export function indexOf(old: Uint8Array, leastStepBytes = 8, maxPlaces = 2 ** 20): BlockIndex {
  const shape = indexShape(old.length, leastStepBytes, maxPlaces);
  const index = makeIndex(shape, new ArrayBuffer(indexBytes(shape.places)));
  const bytes = new DataView(old.buffer, old.byteOffset, old.length);
  indexBlocks(index, { number: 0, count: 1 }, bytes, 0, old.length);
  return index;
}

export const viewsOf = (old: Uint8Array): OldViews => ({
  present: viewOfBytes(old),
  other: viewOfBytes(old),
});

/** Matches all of a new file as one segment. */
export function matchPair(
  old: Uint8Array,
  next: Uint8Array,
  index: BlockIndex = indexOf(old),
  views: OldViews = viewsOf(old),
): Matched {
  const segment = segmentOf(next, 0);
  const covers = realign(segment, matchSegment(segment, views, index), views.present);
  return { covers, steps: segment.work.steps };
}

/** How many bytes of the new file have the same one beside them in the old file, by the covers. */
export function equalBytesOf(covers: CoverList, old: Uint8Array, next: Uint8Array): number {
  let equal = 0;
  for (let cover = 0; cover < covers.count; cover += 1) {
    const oldAt = covers.oldPosition(cover);
    const at = covers.newPosition(cover);
    for (let i = 0; i < covers.length(cover); i += 1) {
      if (old[oldAt + i] === next[at + i]) equal += 1;
    }
  }
  return equal;
}
