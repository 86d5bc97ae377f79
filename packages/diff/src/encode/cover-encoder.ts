import type { CoverList } from "../match/cover-list.js";
import type { ByteSink } from "./byte-sink.js";

/**
 * Writes covers in the order of the new file. A cover that goes on where the one before it ended, in both files, becomes
 * one with it: so borders of segments leave no trace.
 */
export class CoverEncoder {
  /** How many were written. */
  count = 0;
  readonly #sink: ByteSink;
  #oldEnd = 0;
  #newEnd = 0;
  // The cover that may still grow.
  #oldPosition = 0;
  #newPosition = 0;
  #length = 0;

  constructor(sink: ByteSink) {
    this.#sink = sink;
  }

  add(covers: CoverList): void {
    for (let cover = 0; cover < covers.count; cover += 1) {
      const oldPosition = covers.oldPosition(cover);
      const newPosition = covers.newPosition(cover);
      if (
        this.#length > 0 &&
        newPosition === this.#newPosition + this.#length &&
        oldPosition === this.#oldPosition + this.#length
      ) {
        this.#length += covers.length(cover);
        continue;
      }
      this.end();
      this.#oldPosition = oldPosition;
      this.#newPosition = newPosition;
      this.#length = covers.length(cover);
    }
  }

  /** To be called behind the last cover. */
  end(): void {
    if (this.#length === 0) return;
    const delta = this.#oldPosition - this.#oldEnd;
    this.#sink.putVarint(Math.abs(delta), delta < 0 ? 1 : 0, 1);
    this.#sink.putVarint(this.#newPosition - this.#newEnd, 0, 0);
    this.#sink.putVarint(this.#length, 0, 0);
    this.#oldEnd = this.#oldPosition + this.#length;
    this.#newEnd = this.#newPosition + this.#length;
    this.#length = 0;
    this.count += 1;
  }
}
