/** Bytes that can be read at any place: an open file, or a buffer. */
export interface ByteSource {
  /** What an error calls it: the file's path, or "the patch". */
  readonly name: string;
  readonly sizeBytes: number;
  /**
   * Fills `target` with the bytes from `position` on. Resolves with their number, which is less than
   * `target.length` only where the source ends.
   *
   * @throws `IO_ERROR`
   */
  read(position: number, target: Uint8Array): Promise<number>;
}
