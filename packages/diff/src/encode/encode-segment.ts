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

/** Encodes one segment after the other, in memory that it keeps. */
export class SegmentEncoder {
  readonly #control = new ByteSink();
  readonly #code = new ByteSink();
  #room = new Uint8Array();

  /** The parts of segments, one behind the other, are those of the whole file: a run may end anywhere. */
  encode(segment: Segment, covers: CoverList, old: OldView): SegmentParts {
    const size = segment.bytes.length;
    if (this.#room.length < size) this.#room = new Uint8Array(size);
    const [control, code] = [this.#control, this.#code];
    control.clear();
    code.clear();
    encodeRuns(differencesOf(segment, covers, old, this.#room), control, code);
    const fresh = freshOf(segment, covers);
    return { covers, control: control.bytes.slice(), code: code.bytes.slice(), fresh };
  }
}
