import { PatchError } from "@potassium/core-types";
import type { Section } from "./section.js";

const firstBytes = 64 * 1024;
/** LZMA counts positions modulo 16 at most: a window of a multiple may tell them by its own index. */
const multiple = 4096;

/**
 * The bytes that a decoder put out last, for matches to copy from. It grows with what is really put out, up to
 * its size; from there on it is a ring.
 */
export class SlidingWindow {
  buffer: Uint8Array<ArrayBuffer>;
  /** Where the next byte goes; never `buffer.length` after `makeRoom`. */
  at = 0;
  /** The ring has been filled once: all of `buffer` is history. */
  wrapped = false;
  readonly #size: number;

  constructor(size: number) {
    this.#size = Math.max(multiple, Math.ceil(size / multiple) * multiple);
    this.buffer = new Uint8Array(Math.min(firstBytes, this.#size));
  }

  /** How far back a match may reach. */
  get history(): number {
    return this.wrapped ? this.buffer.length : this.at;
  }

  /** Sees to it that at least one byte fits at `at`. */
  makeRoom(): void {
    if (this.at < this.buffer.length) return;
    if (this.buffer.length === this.#size) {
      this.at = 0;
      this.wrapped = true;
      return;
    }
    const larger = new Uint8Array(Math.min(this.buffer.length * 2, this.#size));
    larger.set(this.buffer);
    this.buffer = larger;
  }

  /** Forgets all. */
  reset(): void {
    this.at = 0;
    this.wrapped = false;
  }
}

/**
 * The window that a section really needs: what is declared, and never more than what comes out.
 *
 * @throws `TOO_LARGE` where that is over the limit
 */
export function neededWindow(section: Section, declared: number, maxWindowBytes: number): number {
  const needed = Math.min(declared, section.rawBytes ?? section.maxRawBytes ?? declared);
  if (needed <= maxWindowBytes) return needed;
  throw new PatchError(
    "TOO_LARGE",
    `the patch's ${section.name} need a window of ${needed} bytes to expand, over the limit of ${maxWindowBytes}: raise maxWindowBytes, or make the patch with a smaller dictionary`,
  );
}
