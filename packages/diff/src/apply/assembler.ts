import type { SectionReader } from "../codec/section-reader.js";
import { copyBytes } from "./copy-bytes.js";
import type { Differences } from "./differences.js";
import type { NewWriter } from "./new-writer.js";
import type { OldBytes } from "./old-bytes.js";

/**
 * Makes a new file of fresh bytes and of old ones with differences. Each kind has two calls: the first does at
 * once what can be done with what is in memory, and says how much that was; the second does the rest. So the
 * millions of short pieces of a patch cost no promise each.
 */
export class Assembler {
  readonly old: OldBytes;
  readonly #out: NewWriter;

  constructor(old: OldBytes, out: NewWriter) {
    this.old = old;
    this.#out = out;
  }

  /** Copies up to `count` fresh bytes. @returns how many */
  freshNow(reader: SectionReader, count: number): number {
    const out = this.#out;
    const taken = Math.min(count, reader.end - reader.start, out.buffer.length - out.end);
    copyBytes(reader.buffer, reader.start, out.buffer, out.end, taken);
    reader.start += taken;
    out.end += taken;
    return taken;
  }

  /**
   * @param exhausted - The error for a reader that has fewer.
   * @throws `CORRUPT_PATCH`
   */
  async fresh(reader: SectionReader, count: number, exhausted: () => Error): Promise<void> {
    for (let left = count; left > 0; left -= this.freshNow(reader, left)) {
      if (reader.start === reader.end && !(await reader.fill())) throw exhausted();
      if (this.#out.end === this.#out.buffer.length) await this.#out.flush();
    }
  }

  /** Makes up to `count` bytes of old ones and their differences. @returns how many */
  coverNow(oldPosition: number, count: number, differences: Differences): number {
    const out = this.#out;
    const wanted = Math.min(count, out.buffer.length - out.end);
    const copied = this.old.copy(oldPosition, out.buffer, out.end, wanted);
    const start = out.end;
    out.end = differences.add(out.buffer, start, start + copied);
    return out.end - start;
  }

  /** @throws `CORRUPT_PATCH` */
  async cover(oldPosition: number, count: number, differences: Differences): Promise<void> {
    const out = this.#out;
    let position = oldPosition;
    for (let left = count; left > 0; ) {
      if (out.end === out.buffer.length) await out.flush();
      const wanted = Math.min(left, out.buffer.length - out.end);
      let copied = this.old.copy(position, out.buffer, out.end, wanted);
      while (copied < wanted) {
        await this.old.load(position + copied);
        const at = out.end + copied;
        copied += this.old.copy(position + copied, out.buffer, at, wanted - copied);
      }
      const end = out.end + wanted;
      // The old bytes stay where they are while differences come, however few at a time.
      for (;;) {
        out.end = differences.add(out.buffer, out.end, end);
        if (out.end === end) break;
        await differences.refill();
      }
      position += wanted;
      left -= wanted;
    }
  }
}
