import type { PatchError } from "@potassium/core-types";
import type { Breather } from "../breather.js";
import { corruptPatch } from "../format/corrupt-patch.js";
import type { ByteSource } from "../source/byte-source.js";
import type { Section } from "./section.js";

/** How much is read at once. */
const readBytes = 128 * 1024;
/** A decoder may look so far behind `end` without a check of its own. What it finds there has no meaning. */
export const paddingBytes = 256;

/** A stretch of a patch, read from front to end through a window: the input of a decoder. */
export class ByteInput {
  buffer: Uint8Array = new Uint8Array(paddingBytes);
  /** The first byte in `buffer` that was not taken yet. */
  start = 0;
  /** Behind the last byte in `buffer`. */
  end = 0;
  /** Nothing is left but what stands in `buffer`. */
  complete: boolean;
  readonly #source: ByteSource;
  readonly #section: Section;
  readonly #breather: Breather;
  /** Bytes of the section that were not read yet. */
  #unread: number;

  constructor(source: ByteSource, section: Section, breather: Breather) {
    this.#source = source;
    this.#section = section;
    this.#breather = breather;
    this.#unread = section.storedBytes;
    this.complete = this.#unread === 0;
  }

  /**
   * Makes `count` bytes available in one piece, or all that are left where those are fewer.
   *
   * @returns how many are available
   * @throws `CORRUPT_PATCH` where the patch ends before the section does; the signal's reason
   */
  async ensure(count: number): Promise<number> {
    // Here all decoders come by, also with input that makes no output.
    const pause = this.#breather.breathe();
    if (pause !== undefined) await pause;
    if (this.end - this.start >= count || this.complete) return this.end - this.start;
    this.#breather.throwIfAborted();
    this.#makeRoom(count);
    while (this.end - this.start < count && !this.complete) {
      const room = this.buffer.length - paddingBytes - this.end;
      const target = this.buffer.subarray(this.end, this.end + Math.min(room, this.#unread));
      const position = this.#section.offset + this.#section.storedBytes - this.#unread;
      const got = await this.#source.read(position, target);
      this.#breather.throwIfAborted();
      if (got === 0) throw this.corrupt("the patch ends inside it");
      this.end += got;
      this.#unread -= got;
      this.complete = this.#unread === 0;
    }
    return this.end - this.start;
  }

  /** The error for a section that can't be right. */
  corrupt(problem: string, cause?: unknown): PatchError {
    return corruptPatch(this.#section.name, problem, this.#section.offset, cause);
  }

  #makeRoom(count: number): void {
    const held = this.end - this.start;
    const wanted = Math.min(Math.max(count, readBytes), held + this.#unread);
    if (wanted + paddingBytes > this.buffer.length) {
      const larger = new Uint8Array(wanted + paddingBytes);
      larger.set(this.buffer.subarray(this.start, this.end));
      this.buffer = larger;
    } else {
      this.buffer.copyWithin(0, this.start, this.end);
    }
    this.start = 0;
    this.end = held;
  }
}
