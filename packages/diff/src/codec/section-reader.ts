/**
 * Reads one section of a patch from front to end, with look-ahead in `buffer`.
 *
 * Hot loops take bytes from `buffer` between `start` and `end` themselves, move `start` on, and call
 * `fill()` when the two meet.
 */
export interface SectionReader {
  buffer: Uint8Array;
  /** The first byte in `buffer` that was not read yet. */
  start: number;
  /** Behind the last byte in `buffer`. */
  end: number;
  /**
   * Makes at least one unread byte available: resolves with `false` where the section ends.
   *
   * @throws `CORRUPT_PATCH` where the stream is broken, ends before its `rawBytes`, or goes on behind them
   */
  fill(): Promise<boolean>;
  /** Bytes read so far: the place of `start` in the expanded section. */
  readonly position: number;
  /**
   * Makes `count` unread bytes available in one piece (`count` up to 64 KiB).
   *
   * @throws `CORRUPT_PATCH` where the section has fewer left
   */
  need(count: number): Promise<void>;
  /** @throws `CORRUPT_PATCH` where bytes are left, or the stream lacks its own end */
  expectEnd(): Promise<void>;
  close(): Promise<void>;
}
