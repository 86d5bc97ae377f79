import type { OldView } from "./old-view.js";

/** Reading less at a time would not be faster. Most pages are looked at for a few bytes only. */
const pageBytes = 2 ** 14;

/** Fills `target` with the old file's bytes from `position` on. */
export type ReadOld = (position: number, target: Uint8Array) => void;

/** A view of an old file that does not fit into memory: pages of it are kept, each in the one slot that it may have. */
export class PagedView implements OldView {
  readonly sizeBytes: number;
  bytes: Uint8Array = new Uint8Array();
  words: DataView = new DataView(new ArrayBuffer(0));
  start = 0;
  end = 0;
  readonly #read: ReadOld;
  readonly #slots: Uint8Array[];
  readonly #words: DataView[];
  /** The page in each slot. */
  readonly #pages: Float64Array;

  /** @param memoryBytes - What the pages may take. */
  constructor(sizeBytes: number, read: ReadOld, memoryBytes: number) {
    this.sizeBytes = sizeBytes;
    this.#read = read;
    const count = Math.max(1, Math.floor(memoryBytes / pageBytes));
    const room = new ArrayBuffer(count * pageBytes);
    const places = Array.from({ length: count }, (_, slot) => slot * pageBytes);
    this.#slots = places.map((place) => new Uint8Array(room, place, pageBytes));
    this.#words = places.map((place) => new DataView(room, place, pageBytes));
    this.#pages = new Float64Array(count).fill(-1);
  }

  move(position: number): void {
    const page = Math.floor(position / pageBytes);
    const slot = page % this.#slots.length;
    this.bytes = this.#slots[slot] as Uint8Array;
    this.words = this.#words[slot] as DataView;
    this.start = page * pageBytes;
    this.end = Math.min(this.sizeBytes, this.start + pageBytes);
    if (this.#pages[slot] === page) return;
    // Void until it was read: reading may fail.
    this.#pages[slot] = -1;
    this.#read(this.start, this.bytes.subarray(0, this.end - this.start));
    this.#pages[slot] = page;
  }
}
