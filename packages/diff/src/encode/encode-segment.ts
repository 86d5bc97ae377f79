import type { CoverList } from "../match/cover-list.js";
import type { OldView } from "../match/old-view.js";
import type { Segment } from "../match/segment.js";
import { ByteSink } from "./byte-sink.js";
import { differencesOf, freshOf } from "./differences.js";
import { encodeRuns } from "./encode-runs.js";

/** What one segment of the new file puts into the sections of a patch. */
export interface SegmentParts {
  readonly covers: CoverList;
  readonly control: Uint8Array;
  readonly code: Uint8Array;
  readonly fresh: Uint8Array;
}

/**
 * The parts of segments, one behind the other, are those of the whole file: a run may end anywhere.
 *
 * @param room - Memory to work in, at least as long as the segment.
 */
export function encodeSegment(
  segment: Segment,
  covers: CoverList,
  old: OldView,
  room: Uint8Array,
): SegmentParts {
  const control = new ByteSink();
  const code = new ByteSink();
  encodeRuns(differencesOf(segment, covers, old, room), control, code);
  return { covers, control: control.bytes, code: code.bytes, fresh: freshOf(segment, covers) };
}
