/** What is to be added to bytes of the old file, in order. */
export interface Differences {
  /**
   * Adds the next differences to `buffer[start, end)`.
   *
   * @returns the place reached. It is before `end` where `refill()` must come first.
   */
  add(buffer: Uint8Array, start: number, end: number): number;
  /**
   * Makes at least one more difference available.
   *
   * @throws `CORRUPT_PATCH` where there are no more
   */
  refill(): Promise<void>;
}
