import type { PatchError } from "@potassium/core-types";
import type { Breather } from "../breather.js";
import { corruptPatch } from "../format/corrupt-patch.js";
import type { ChunkStream } from "./chunk-stream.js";
import type { Section } from "./section.js";
import type { SectionReader } from "./section-reader.js";

const mostNeeded = 64 * 1024;
const nothing = new Uint8Array(0);

/** Reads a section from the chunks that a decoder gives, and holds it to its size. */
export class ChunkReader implements SectionReader {
  buffer: Uint8Array = nothing;
  start = 0;
  end = 0;
  readonly #section: Section;
  readonly #stream: ChunkStream;
  readonly #breather: Breather;
  /** Bytes that came from the stream: the place of `end`. */
  #received = 0;
  #ended = false;
  /** What `need` left of the last chunk. */
  #rest: Uint8Array | undefined;
  /** Holds a piece that `need` had to put together from several chunks. */
  #joined: Uint8Array<ArrayBuffer> | undefined;

  constructor(section: Section, stream: ChunkStream, breather: Breather) {
    this.#section = section;
    this.#stream = stream;
    this.#breather = breather;
  }

  get position(): number {
    return this.#received - (this.#rest?.length ?? 0) - (this.end - this.start);
  }

  async fill(): Promise<boolean> {
    if (this.start < this.end) return true;
    const chunk = this.#rest ?? (await this.#next());
    if (chunk === undefined) return false;
    this.#rest = undefined;
    this.buffer = chunk;
    this.start = 0;
    this.end = chunk.length;
    return true;
  }

  async need(count: number): Promise<void> {
    if (this.end - this.start >= count) return;
    if (count > mostNeeded) throw new TypeError(`need(${count}): at most ${mostNeeded} bytes`);
    while (this.end - this.start < count) {
      if (this.start === this.end) {
        if (await this.fill()) continue;
        throw this.#corrupt("it ends early");
      }
      this.#moveOut();
      const chunk = this.#rest ?? (await this.#next());
      if (chunk === undefined) throw this.#corrupt("it ends early");
      // As much as there is room for: with no more than `count`, each small piece would have to wait here again.
      const taken = Math.min(chunk.length, mostNeeded - this.end);
      this.buffer.set(chunk.subarray(0, taken), this.end);
      this.end += taken;
      this.#rest = taken < chunk.length ? chunk.subarray(taken) : undefined;
    }
  }

  async expectEnd(): Promise<void> {
    if (await this.fill()) throw this.#corrupt("bytes of it are left over");
  }

  async close(): Promise<void> {
    this.#ended = true;
    this.buffer = nothing;
    this.start = 0;
    this.end = 0;
    this.#joined = undefined;
    this.#rest = undefined;
    await this.#stream.close();
  }

  /** Moves what is unread out of the stream's chunk, which may be written over when the next is asked for. */
  #moveOut(): void {
    this.#joined ??= new Uint8Array(mostNeeded);
    const held = this.end - this.start;
    if (this.buffer === this.#joined) this.#joined.copyWithin(0, this.start, this.end);
    else this.#joined.set(this.buffer.subarray(this.start, this.end));
    this.buffer = this.#joined;
    this.start = 0;
    this.end = held;
  }

  /** The next chunk, once it is known to be no more than the section may have. */
  async #next(): Promise<Uint8Array | undefined> {
    if (this.#ended) return undefined;
    this.#breather.throwIfAborted();
    await this.#breather.breathe();
    const chunk = await this.#stream.next();
    const { rawBytes, maxRawBytes } = this.#section;
    if (chunk === undefined) {
      this.#ended = true;
      if (rawBytes !== undefined && this.#received < rawBytes) {
        throw this.#corrupt(`it expands to ${this.#received} bytes, not to ${rawBytes}`);
      }
      return undefined;
    }
    this.#received += chunk.length;
    if (rawBytes !== undefined && this.#received > rawBytes) {
      throw this.#corrupt(`it expands to more than its ${rawBytes} bytes`);
    }
    if (maxRawBytes !== undefined && this.#received > maxRawBytes) {
      throw this.#corrupt(`it expands to more than ${maxRawBytes} bytes`);
    }
    return chunk;
  }

  #corrupt(problem: string): PatchError {
    return corruptPatch(this.#section.name, problem, this.#section.offset);
  }
}
