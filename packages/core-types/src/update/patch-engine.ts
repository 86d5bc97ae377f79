import type { AbortOptions } from "../wait/abort-options.js";

/** How far a patch operation is. */
export interface PatchProgress {
  readonly phase: "hash" | "match" | "compress" | "apply" | "verify";
  /** Bytes of this phase that are done. */
  readonly doneBytes: number;
  /** Bytes of this phase in all. */
  readonly totalBytes: number;
}

export interface PatchOptions extends AbortOptions {
  /**
   * Called now and then, in the order of the work, and at the end of each phase. What it throws ends the
   * call, which rejects with it and leaves nothing. It is not awaited: a promise that it returns is `INVALID_ARGUMENT`.
   */
  readonly onProgress?: ((progress: PatchProgress) => void) | undefined;
}

export interface ApplyOptions extends PatchOptions {
  /** SHA-256 digests in hexadecimal that the bytes read and written must have. */
  readonly expected?:
    | { readonly oldSha256?: string | undefined; readonly newSha256?: string | undefined }
    | undefined;
  /** A patch whose result is larger is refused with `TOO_LARGE`. @default 2^53 - 1 */
  readonly maxNewBytes?: number | undefined;
}

export interface GenerateResult {
  readonly patchBytes: number;
}

export interface ApplyResult {
  readonly newBytes: number;
}

/**
 * Makes and applies binary patches of one algorithm.
 *
 * Everywhere: output is written to a temporary file beside its place and renamed when it is whole, so
 * that an error or abort leaves neither a part of it nor the temporary file, and what stood there
 * before stays; the input files are only read; an aborted call rejects with `signal.reason`. The temporary
 * file's name fits beside a target whose own name has 255 bytes. A path with NUL is `INVALID_ARGUMENT`, an
 * output whose place is a folder `IO_ERROR`. An output that is an input's own file is `INVALID_ARGUMENT`, but for
 * `apply()`, whose `newPath` may be `oldPath`.
 */
export interface PatchEngine {
  /** As manifests name it: "bsdiff", "hdiff". */
  readonly algorithm: string;

  /**
   * Writes the patch that turns the old file into the new one.
   *
   * @throws `NOT_FOUND` (a file), `TOO_LARGE`, `ENGINE_UNAVAILABLE`, `IO_ERROR`
   */
  generate(
    oldPath: string,
    newPath: string,
    patchPath: string,
    options?: PatchOptions,
  ): Promise<GenerateResult>;

  /**
   * Writes the new file from the old one and the patch. `newPath` may be `oldPath`.
   *
   * @throws `NOT_FOUND` (a file), `CORRUPT_PATCH`, `UNSUPPORTED_FORMAT`, `CODEC_UNAVAILABLE`,
   *   `HASH_MISMATCH`, `TOO_LARGE`, `IO_ERROR`
   */
  apply(
    oldPath: string,
    patchPath: string,
    newPath: string,
    options?: ApplyOptions,
  ): Promise<ApplyResult>;
}
