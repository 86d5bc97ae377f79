import type { BlockCodec, Effort } from "../compress/written-codec.js";
import type { IndexShare } from "../match/index-shape.js";
import type { SegmentParts } from "../match/matcher.js";
import type { MatcherSetting } from "../match/matcher-instance.js";

/** A piece of the making of a patch that a thread does by itself. */
export type Job =
  /** Reads a stretch of the old file into the memory that holds it whole. */
  | { readonly kind: "load"; readonly position: number; readonly length: number }
  /** Fills a share of the index. */
  | ({ readonly kind: "index" } & IndexShare)
  /** Matches a segment of the new file. */
  | { readonly kind: "match"; readonly position: number; readonly length: number }
  /** Compresses a block, which stands behind what was before it in a room that goes to the thread and comes back. */
  | {
      readonly kind: "compress";
      readonly codec: BlockCodec;
      readonly effort: Effort;
      readonly room: ArrayBuffer;
      readonly beforeBytes: number;
      readonly blockBytes: number;
      /** Whether it is the section's last. */
      readonly last: boolean;
    };

/** What each kind of job gives. */
export interface JobResults {
  readonly load: undefined;
  readonly index: undefined;
  readonly match: SegmentParts;
  /** The room, which now begins with the compressed block. */
  readonly compress: { readonly room: ArrayBuffer; readonly codedBytes: number };
}

export type JobResult = JobResults[Job["kind"]];

/** An input file as it was when the work began. */
export interface InputFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly mtimeMs: number;
}

/** What all threads of a generation have in common. */
export interface JobSetting extends Omit<MatcherSetting, "oldBytes"> {
  readonly old: InputFile;
  readonly next: InputFile;
}
