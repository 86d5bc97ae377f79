/** A stretch of the new file that is matched in one go. */
export interface Segment {
  readonly bytes: Uint8Array;
  /** The same bytes. */
  readonly words: DataView;
  /** Where it stands in the new file. */
  readonly position: number;
  /** How many bytes were looked at to match it: what tests hold to account, where a clock would lie. */
  readonly work: { steps: number };
}

export function segmentOf(bytes: Uint8Array, position: number): Segment {
  const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { bytes, words, position, work: { steps: 0 } };
}
