/** The old file's bytes, at any place. Callers ask for what lies within it only. */
export interface OldBytes {
  readonly sizeBytes: number;
  /**
   * Copies the bytes from `position` on, as many as are in memory.
   *
   * @returns how many of `count` those were. Where it is fewer, `load()` makes at least one more available.
   */
  copy(position: number, target: Uint8Array, at: number, count: number): number;
  /** @throws `IO_ERROR` */
  load(position: number): Promise<void>;
}
