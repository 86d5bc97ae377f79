/**
 * A window into an old file: `bytes` are those from `start` to `end`, and `words` are the same bytes. `move()`
 * brings another stretch in; what was read from the view before is then void.
 */
export interface OldView {
  readonly sizeBytes: number;
  readonly bytes: Uint8Array;
  readonly words: DataView;
  readonly start: number;
  readonly end: number;
  /** Moves the window so that it holds `position`, which is in the file. */
  move(position: number): void;
}

/** A new view of an old file that is in memory. */
export function viewOfBytes(bytes: Uint8Array): OldView {
  return {
    sizeBytes: bytes.length,
    bytes,
    words: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    start: 0,
    end: bytes.length,
    move: () => {},
  };
}
