import type { Block } from "../compress/compress-block.js";
import type { IndexShare } from "../match/block-index.js";

/** A piece of the making of a patch that a thread does by itself. */
export type Job =
  /** Reads a stretch of the old file into the memory that holds it whole. */
  | { readonly kind: "load"; readonly position: number; readonly length: number }
  /** Fills a share of the index. */
  | ({ readonly kind: "index" } & IndexShare)
  /** Matches a segment of the new file. */
  | { readonly kind: "match"; readonly position: number; readonly length: number }
  | ({ readonly kind: "compress" } & Block);

/** What each kind of job gives. */
export interface JobResults {
  readonly load: undefined;
  readonly index: undefined;
  readonly match: {
    /** Three numbers for each cover, as `CoverList` has them. */
    readonly covers: Float64Array;
    readonly control: Uint8Array;
    readonly code: Uint8Array;
    readonly fresh: Uint8Array;
  };
  readonly compress: Uint8Array;
}

export type JobResult = JobResults[Job["kind"]];

/** An input file as it was when the work began. */
export interface InputFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly mtimeMs: number;
}

/** What all threads of a generation have in common. */
export interface JobSetting {
  readonly old: InputFile;
  readonly next: InputFile;
  readonly stepBytes: number;
  readonly places: number;
  /** The index, in shared memory. */
  readonly index: SharedArrayBuffer;
  /** Room for all of the old file, where it is held in memory; filled by the jobs that load it. */
  readonly wholeOld: SharedArrayBuffer | undefined;
  /** Memory for pages of an old file that is not, in each of two views. */
  readonly pagesBytes: number;
}
