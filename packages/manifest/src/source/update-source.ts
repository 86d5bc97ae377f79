import type { AbortOptions } from "@potassium/core-types";

export interface OpenSourceOptions extends AbortOptions {
  /** The first byte wanted, counted from 0. @default 0 */
  readonly start?: number | undefined;
}

/** A file of an update, being read. */
export interface SourceFile {
  /** Bytes of the whole file, not of what is left of it, where the source knows. */
  readonly totalBytes?: number | undefined;
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** Where the files of an update come from. What it gives is not trusted: readers cap and hash it. */
export interface UpdateSource {
  /** For messages: the folder or address. */
  readonly name: string;
  /**
   * Opens a file below the update's folder.
   *
   * @throws `NOT_FOUND`, `UNAVAILABLE`, `TIMEOUT`, `BAD_RESPONSE`, `IO_ERROR`
   */
  open(file: string, options?: OpenSourceOptions): Promise<SourceFile>;
  close?(): Promise<void>;
}
