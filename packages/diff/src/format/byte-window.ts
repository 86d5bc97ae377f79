/** Bytes that are there to be read: `buffer[start, end)`. Who reads moves `start` on. */
export interface ByteWindow {
  readonly buffer: Uint8Array;
  start: number;
  readonly end: number;
}
