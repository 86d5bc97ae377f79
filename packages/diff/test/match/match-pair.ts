import type { CoverList } from "../../src/match/cover-list.js";
import { indexShape } from "../../src/match/index-shape.js";
import { Opened } from "./opened.js";

export interface Matched {
  readonly covers: CoverList;
  readonly steps: number;
}

export interface PairOptions {
  readonly stepBytes?: number | undefined;
  /** How many pages each view keeps. @default the file is in memory whole */
  readonly pages?: number | undefined;
}

/** The module with all of an old file in its index. */
export function indexed(
  old: Uint8Array,
  segmentBytes = 2 ** 18,
  { stepBytes = 8, pages }: PairOptions = {},
): Opened {
  const index = indexShape(old.length, stepBytes, 2 ** 20);
  const most = Math.max(2 ** 18, segmentBytes, old.length);
  return new Opened(old, { index, pages, segmentBytes: most }).index(old);
}

/** Matches all of a new file as one segment. */
export function matchPair(old: Uint8Array, next: Uint8Array, options?: PairOptions): Matched {
  const opened = indexed(old, next.length, options).open(next);
  opened.parts.find();
  opened.parts.realign();
  return { covers: opened.covers, steps: opened.steps };
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
