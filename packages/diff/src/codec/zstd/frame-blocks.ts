import type { ByteInput } from "../byte-input.js";
import type { FrameHeader } from "./frame-header.js";

const headerBytes = 3;

/** A block that stands whole in the input's buffer, `start` and `end` of its content; its header is in front. */
export interface FrameBlock {
  readonly kind: "raw" | "repeated" | "compressed";
  /** Of a raw or a repeated block: what it expands to. */
  readonly size: number;
  readonly start: number;
  readonly end: number;
  readonly last: boolean;
}

/** Walks through the blocks of a frame, so that its end is known to the byte. */
export class FrameBlocks {
  readonly #input: ByteInput;
  readonly #header: FrameHeader;
  #ended = false;

  constructor(input: ByteInput, header: FrameHeader) {
    this.#input = input;
    this.#header = header;
  }

  /** The next block, taken from the input. `undefined` behind the last one. */
  async next(): Promise<FrameBlock | undefined> {
    if (this.#ended) return undefined;
    const input = this.#input;
    if ((await input.ensure(headerBytes)) < headerBytes) throw this.#short();
    const { buffer, start } = input;
    const header =
      (buffer[start] as number) |
      ((buffer[start + 1] as number) << 8) |
      ((buffer[start + 2] as number) << 16);
    const size = header >> 3;
    const kind = (["raw", "repeated", "compressed"] as const)[(header >> 1) & 3];
    if (kind === undefined || size > this.#header.blockBytes) {
      throw input.corrupt("a Zstandard block can't be");
    }
    const bytes = headerBytes + (kind === "repeated" ? 1 : size);
    if ((await input.ensure(bytes)) < bytes) throw this.#short();
    const from = input.start;
    input.start += bytes;
    this.#ended = (header & 1) === 1;
    return { kind, size, start: from + headerBytes, end: input.start, last: this.#ended };
  }

  /** Takes what follows the last block: the checksum, and then nothing. Returns the checksum. */
  async end(): Promise<Uint8Array> {
    const input = this.#input;
    const bytes = this.#header.checksum ? 4 : 0;
    const available = await input.ensure(bytes + 1);
    if (available < bytes) throw this.#short();
    if (available > bytes) throw input.corrupt("bytes are left behind its end");
    const checksum = input.buffer.subarray(input.start, input.start + bytes);
    input.start += bytes;
    return checksum;
  }

  #short(): Error {
    return this.#input.corrupt("the Zstandard frame ends early");
  }
}
