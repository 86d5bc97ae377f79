import type { PatchLimits } from "../../patch-limits.js";
import type { ByteInput } from "../byte-input.js";
import { type ChunkStream, maxChunkBytes } from "../chunk-stream.js";
import type { Section } from "../section.js";
import { neededWindow, SlidingWindow } from "../sliding-window.js";
import { lzmaProperties } from "./lzma-properties.js";
import { LzmaState } from "./lzma-state.js";
import { decodeSymbols, longestSymbolBytes } from "./lzma-symbols.js";

const propertyBytes = 5;
const codeBytes = 5;

/**
 * The length byte 5, five bytes of properties, and LZMA data that end with the section's `rawBytes`, with an
 * end marker or without.
 */
export class LzmaStream implements ChunkStream {
  readonly #input: ByteInput;
  readonly #section: Section;
  readonly #limits: PatchLimits;
  readonly #lzma = new LzmaState();
  #window: SlidingWindow | undefined;
  #dictionary = 0;
  #left: number;

  constructor(input: ByteInput, section: Section, limits: PatchLimits) {
    if (section.rawBytes === undefined) throw new TypeError("an LZMA section needs rawBytes");
    this.#input = input;
    this.#section = section;
    this.#limits = limits;
    this.#left = section.rawBytes;
  }

  async next(): Promise<Uint8Array | undefined> {
    const window = this.#window ?? (await this.#begin());
    if (this.#left === 0) {
      await this.#end(window);
      return undefined;
    }
    const chunk = await this.#decode(window, this.#left);
    if (chunk === undefined) throw this.#input.corrupt("the LZMA data end early");
    this.#left -= chunk.length;
    return chunk;
  }

  async close(): Promise<void> {
    this.#window = undefined;
  }

  async #begin(): Promise<SlidingWindow> {
    const input = this.#input;
    if ((await input.ensure(1 + propertyBytes + codeBytes)) < 1 + propertyBytes + codeBytes) {
      throw input.corrupt("the LZMA data end early");
    }
    const header = input.buffer.subarray(input.start, input.start + 1 + propertyBytes);
    input.start += header.length;
    const properties = lzmaProperties(header[1] as number);
    if (header[0] !== propertyBytes || properties === undefined) {
      throw input.corrupt("the LZMA properties can't be");
    }
    const view = new DataView(header.buffer, header.byteOffset);
    this.#dictionary = Math.max(view.getUint32(2, true), 4096);
    const needed = neededWindow(this.#section, this.#dictionary, this.#limits.maxWindowBytes);
    this.#lzma.setProperties(properties);
    if (!this.#lzma.beginCode(input)) throw input.corrupt("the LZMA data begin wrongly");
    this.#window = new SlidingWindow(needed);
    return this.#window;
  }

  /** The next bytes, up to `most`. `undefined` where an end marker comes before there are enough. */
  async #decode(window: SlidingWindow, most: number): Promise<Uint8Array | undefined> {
    const input = this.#input;
    window.makeRoom();
    const from = window.at;
    const limit = Math.min(window.buffer.length, from + Math.min(most, maxChunkBytes));
    for (;;) {
      await input.ensure(longestSymbolBytes);
      const lastStart = input.complete ? input.end : input.end - longestSymbolBytes;
      const pause = decodeSymbols(this.#lzma, input, window, limit, this.#dictionary, lastStart);
      if (input.start > input.end) throw input.corrupt("the LZMA data end early");
      switch (pause) {
        case "full":
          return window.buffer.subarray(from, limit);
        case "hungry":
          break;
        case "end-marker":
          // Behind it no symbol may be read, so what came before it is of no use either.
          return undefined;
        case "bad-distance":
          throw input.corrupt("an LZMA match reaches behind the beginning");
        default:
          pause satisfies never;
      }
    }
  }

  async #end(window: SlidingWindow): Promise<void> {
    const input = this.#input;
    const ended = async (): Promise<boolean> => {
      await input.ensure(1);
      return this.#lzma.endsCode(input) && (await input.ensure(1)) === 0;
    };
    if (await ended()) return;
    if ((await this.#decode(window, 1)) === undefined && (await ended())) return;
    throw input.corrupt("the LZMA data don't end with its last byte");
  }
}
