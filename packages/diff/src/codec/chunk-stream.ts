/** The most bytes that a chunk has. */
export const maxChunkBytes = 256 * 1024;

/** Decoded bytes, in order, pulled one chunk at a time. */
export interface ChunkStream {
  /**
   * The next bytes: at least one, at most {@link maxChunkBytes}, valid until the next call. `undefined`
   * at the end, which a stream tells only when it has seen the end of its own format and no input is left.
   *
   * @throws `CORRUPT_PATCH`
   */
  next(): Promise<Uint8Array | undefined>;
  /** Releases what the stream holds. May come at any time, also twice. */
  close(): Promise<void>;
}
