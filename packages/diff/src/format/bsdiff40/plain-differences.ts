import { addBytes } from "../../apply/add-bytes.js";
import type { Differences } from "../../apply/differences.js";
import type { SectionReader } from "../../codec/section-reader.js";

/** Differences that stand in a section as they are, a byte each. */
export class PlainDifferences implements Differences {
  readonly #reader: SectionReader;
  readonly #exhausted: () => Error;

  /** @param exhausted - The error for a section that has too few. */
  constructor(reader: SectionReader, exhausted: () => Error) {
    this.#reader = reader;
    this.#exhausted = exhausted;
  }

  add(buffer: Uint8Array, start: number, end: number): number {
    const reader = this.#reader;
    const count = Math.min(end - start, reader.end - reader.start);
    addBytes(reader.buffer, reader.start, buffer, start, count);
    reader.start += count;
    return start + count;
  }

  async refill(): Promise<void> {
    if (this.#reader.start < this.#reader.end) return;
    if (!(await this.#reader.fill())) throw this.#exhausted();
  }
}
