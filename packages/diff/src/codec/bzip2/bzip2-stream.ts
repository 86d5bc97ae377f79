import type { ByteInput } from "../byte-input.js";
import { type ChunkStream, maxChunkBytes } from "../chunk-stream.js";
import { BitReader } from "./bit-reader.js";
import { blockCrc } from "./block-crc.js";
import { BlockHeader, longestHeaderBytes } from "./block-header.js";
import { BlockSymbols, longestGroupBytes } from "./block-symbols.js";
import { BlockText } from "./block-text.js";

const levelBytes = 100_000;
/** Empty streams in a row: a program writes one, for an empty input. */
const mostEmptyStreams = 16;

/**
 * One bzip2 stream or several in a row.
 *
 * @see Julian Seward's bzip2 1.0.8, and "The bzip2 file format" by Joe Tsai
 */
export class Bzip2Stream implements ChunkStream {
  readonly #input: ByteInput;
  readonly #bits: BitReader;
  readonly #header = new BlockHeader();
  readonly #symbols = new BlockSymbols();
  readonly #text = new BlockText();
  #chunk: Uint8Array | undefined;
  #state: "between" | "blocks" | "text" | "ended" = "between";
  #streams = 0;
  /** Streams without a block since the last one with any. */
  #emptyStreams = 0;
  /** What the stream's header allows a block to hold. */
  #blockLimit = 0;
  #blockCrc = 0;
  #streamCrc = 0;

  constructor(input: ByteInput) {
    this.#input = input;
    this.#bits = new BitReader(input);
  }

  async next(): Promise<Uint8Array | undefined> {
    for (;;) {
      switch (this.#state) {
        case "between":
          await this.#beginStream();
          break;
        case "blocks":
          await this.#beginBlock();
          break;
        case "text": {
          const chunk = this.#readText();
          // A block may end with a count of no more bytes.
          if (chunk.length > 0) {
            this.#emptyStreams = 0;
            return chunk;
          }
          break;
        }
        case "ended":
          return undefined;
        default:
          this.#state satisfies never;
      }
    }
  }

  async close(): Promise<void> {
    this.#state = "ended";
    this.#chunk = undefined;
    this.#symbols.entries = new Int32Array(0);
  }

  async #beginStream(): Promise<void> {
    const input = this.#input;
    const available = await input.ensure(4);
    if (available === 0 && this.#streams > 0) {
      this.#state = "ended";
      return;
    }
    const { buffer, start } = input;
    const level = (buffer[start + 3] as number) - 0x30;
    const known =
      buffer[start] === 0x42 && buffer[start + 1] === 0x5a && buffer[start + 2] === 0x68;
    if (available < 4 || !known || level < 1 || level > 9) {
      throw input.corrupt(
        this.#streams === 0 ? "no bzip2 stream begins there" : "bytes are left behind its end",
      );
    }
    input.start += 4;
    this.#streams += 1;
    this.#emptyStreams += 1;
    if (this.#emptyStreams > mostEmptyStreams) {
      throw input.corrupt("it has more empty bzip2 streams than anything writes");
    }
    this.#blockLimit = level * levelBytes;
    this.#streamCrc = 0;
    this.#state = "blocks";
  }

  async #beginBlock(): Promise<void> {
    const bits = this.#bits;
    await this.#input.ensure(longestHeaderBytes);
    const high = bits.bits(24);
    const low = bits.bits(24);
    if (high === 0x177245 && low === 0x385090) {
      const crc = bits.word();
      bits.expectNotBehindEnd();
      if (crc !== this.#streamCrc) throw this.#input.corrupt("the bzip2 stream's CRC is wrong");
      bits.align();
      this.#state = "between";
      return;
    }
    bits.expectNotBehindEnd();
    if (high !== 0x314159 || low !== 0x265359) {
      throw this.#input.corrupt("a bzip2 block doesn't begin where it should");
    }
    const header = this.#header;
    header.read(bits);
    const symbols = this.#symbols;
    symbols.begin(header, this.#blockLimit);
    do await this.#input.ensure(longestGroupBytes);
    while (!symbols.read(bits, header));
    if (header.origin >= symbols.count) {
      throw this.#input.corrupt("a bzip2 block begins outside of itself");
    }
    symbols.link();
    this.#text.begin(symbols.entries, symbols.count, header.origin);
    this.#blockCrc = -1;
    this.#state = "text";
  }

  #readText(): Uint8Array {
    this.#chunk ??= new Uint8Array(maxChunkBytes);
    const count = this.#text.read(this.#chunk);
    this.#blockCrc = blockCrc(this.#blockCrc, this.#chunk, count);
    if (this.#text.ended) {
      const crc = ~this.#blockCrc;
      if (crc !== this.#header.crc) throw this.#input.corrupt("a bzip2 block's CRC is wrong");
      this.#streamCrc = ((this.#streamCrc << 1) | (this.#streamCrc >>> 31)) ^ crc;
      this.#state = "blocks";
    }
    return this.#chunk.subarray(0, count);
  }
}
