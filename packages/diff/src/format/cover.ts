import type { ByteWindow } from "./byte-window.js";
import { corruptPatch } from "./corrupt-patch.js";
import { maxVarintBytes, readVarint, varintProblems } from "./varint.js";

/** The most bytes of one cover. */
export const maxCoverBytes = 3 * maxVarintBytes;

/**
 * Reads covers: "behind `gap` bytes of new data, `length` bytes of the new file are those of the old one
 * from `oldPosition` on, plus a difference each". Each is told relative to the ends of the one before.
 */
export class CoverReader {
  gap = 0;
  oldPosition = 0;
  length = 0;
  /** Behind the last cover in the new file. */
  newEnd = 0;
  readonly #oldBytes: number;
  readonly #newBytes: number;
  readonly #placeOf: (start: number) => number;
  #oldEnd = 0;

  /** @param placeOf - The place in the patch file of a place in the window, for an error. */
  constructor(oldBytes: number, newBytes: number, placeOf: (start: number) => number) {
    this.#oldBytes = oldBytes;
    this.#newBytes = newBytes;
    this.#placeOf = placeOf;
  }

  /**
   * Reads the next one, and moves `start` behind it.
   *
   * @throws `CORRUPT_PATCH` where it is cut off, or reaches out of the old file or the new one
   */
  next(window: ByteWindow): void {
    const { start } = window;
    const backwards = start < window.end && (window.buffer[start] as number) >= 0x80;
    const delta = readVarint(window, 1);
    const gap = delta < 0 ? delta : readVarint(window, 0);
    const length = gap < 0 ? gap : readVarint(window, 0);
    if (length < 0) throw this.#corrupt(varintProblems[length] ?? "", start);

    // Compared by subtraction from what is known to be larger: a sum might be too large to be exact.
    const { newEnd } = this;
    const inOld = backwards ? delta <= this.#oldEnd : delta <= this.#oldBytes - this.#oldEnd;
    if (!inOld) throw this.#corrupt("a cover begins outside of the old file", start);
    const oldPosition = backwards ? this.#oldEnd - delta : this.#oldEnd + delta;
    if (length > this.#oldBytes - oldPosition) {
      throw this.#corrupt("a cover reaches behind the end of the old file", start);
    }
    if (gap > this.#newBytes - newEnd) {
      throw this.#corrupt("a cover begins behind the end of the new file", start);
    }
    if (length > this.#newBytes - newEnd - gap) {
      throw this.#corrupt("a cover reaches behind the end of the new file", start);
    }
    this.gap = gap;
    this.oldPosition = oldPosition;
    this.length = length;
    this.newEnd = newEnd + gap + length;
    this.#oldEnd = oldPosition + length;
  }

  #corrupt(problem: string, start: number): Error {
    return corruptPatch("covers", problem, this.#placeOf(start));
  }
}
