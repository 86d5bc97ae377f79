import type { PatchLimits } from "../../patch-limits.js";
import type { ByteInput } from "../byte-input.js";
import { type ChunkStream, maxChunkBytes } from "../chunk-stream.js";
import type { Section } from "../section.js";
import { neededWindow, SlidingWindow } from "../sliding-window.js";
import { lzmaProperties } from "./lzma-properties.js";
import { LzmaState } from "./lzma-state.js";
import { decodeSymbols, longestSymbolBytes } from "./lzma-symbols.js";

const longestHeaderBytes = 6;
const codeBytes = 5;

/** What the next chunk of input must bring, since it is not there to go on with. */
type Missing = "dictionary" | "properties" | "nothing";

/** One byte for the size of the dictionary, and LZMA2 chunks up to the chunk of type 0. */
export class Lzma2Stream implements ChunkStream {
  readonly #input: ByteInput;
  readonly #section: Section;
  readonly #limits: PatchLimits;
  readonly #lzma = new LzmaState();
  #window: SlidingWindow | undefined;
  #dictionary = 0;
  #missing: Missing = "dictionary";
  #state: "header" | "stored" | "coded" | "ended" = "header";
  /** What the present chunk has still to bring. */
  #left = 0;
  /** How much input the present chunk has left. */
  #codedLeft = 0;

  constructor(input: ByteInput, section: Section, limits: PatchLimits) {
    this.#input = input;
    this.#section = section;
    this.#limits = limits;
  }

  async next(): Promise<Uint8Array | undefined> {
    const window = this.#window ?? (await this.#begin());
    for (;;) {
      switch (this.#state) {
        case "header":
          await this.#beginChunk(window);
          break;
        case "stored":
          return await this.#copy(window);
        case "coded":
          return await this.#decode(window);
        case "ended":
          return undefined;
        default:
          this.#state satisfies never;
      }
    }
  }

  async close(): Promise<void> {
    this.#state = "ended";
    this.#window = undefined;
  }

  async #begin(): Promise<SlidingWindow> {
    const input = this.#input;
    if ((await input.ensure(1)) === 0) throw input.corrupt("the LZMA2 data end early");
    const size = input.buffer[input.start++] as number;
    if (size > 40) throw input.corrupt(`its dictionary byte is ${size}`);
    this.#dictionary = size === 40 ? 2 ** 32 - 1 : (2 | (size & 1)) * 2 ** ((size >> 1) + 11);
    const needed = neededWindow(this.#section, this.#dictionary, this.#limits.maxWindowBytes);
    this.#window = new SlidingWindow(needed);
    return this.#window;
  }

  async #beginChunk(window: SlidingWindow): Promise<void> {
    const input = this.#input;
    const available = await input.ensure(longestHeaderBytes);
    const { buffer, start } = input;
    const control = available > 0 ? (buffer[start] as number) : 0;
    const coded = control >= 0x80;
    const headerBytes = control === 0 ? 1 : coded ? (control >= 0xc0 ? 6 : 5) : 3;
    if (available < headerBytes) throw input.corrupt("the LZMA2 data end early");
    input.start += headerBytes;
    if (control === 0) {
      if ((await input.ensure(1)) > 0) throw input.corrupt("bytes are left behind its end");
      this.#state = "ended";
      return;
    }
    const low = ((buffer[start + 1] as number) << 8) | (buffer[start + 2] as number);
    this.#left = (coded ? (control & 0x1f) << 16 : 0) + low + 1;
    if (!coded) return this.#beginStored(window, control);
    this.#codedLeft = ((buffer[start + 3] as number) << 8) + (buffer[start + 4] as number) + 1;
    this.#reset(window, control >= 0xe0 ? 3 : (control >> 5) & 3, buffer[start + 5] as number);
    await this.#beginCode();
  }

  #beginStored(window: SlidingWindow, control: number): void {
    if (control > 2 || (control === 2 && this.#missing === "dictionary")) {
      throw this.#input.corrupt(`an LZMA2 chunk of type ${control} can't stand there`);
    }
    if (control === 1) {
      window.reset();
      this.#missing = "properties";
    }
    // The state from before stored bytes stays: hdiffz's symbols after them go on with it, where xz resets it.
    this.#state = "stored";
  }

  /** What a chunk's two middle bits ask for: 1 the state, 2 the properties too, 3 the dictionary as well. */
  #reset(window: SlidingWindow, level: number, propertyByte: number): void {
    const least = { dictionary: 3, properties: 2, nothing: 0 }[this.#missing];
    if (level < least)
      throw this.#input.corrupt(`an LZMA2 chunk lacks a reset of the ${this.#missing}`);
    if (level === 3) window.reset();
    if (level >= 2) {
      const properties = lzmaProperties(propertyByte);
      if (
        properties === undefined ||
        properties.literalContextBits + properties.literalPositionBits > 4
      ) {
        throw this.#input.corrupt("the LZMA2 properties can't be");
      }
      this.#lzma.setProperties(properties);
    } else if (level === 1) {
      this.#lzma.resetState();
    }
    this.#missing = "nothing";
  }

  async #beginCode(): Promise<void> {
    const input = this.#input;
    const available = await input.ensure(codeBytes);
    if (available < codeBytes || this.#codedLeft < codeBytes || !this.#lzma.beginCode(input)) {
      throw input.corrupt("an LZMA2 chunk begins wrongly");
    }
    this.#codedLeft -= codeBytes;
    this.#state = "coded";
  }

  async #copy(window: SlidingWindow): Promise<Uint8Array> {
    const input = this.#input;
    const available = await input.ensure(1);
    if (available === 0) throw input.corrupt("the LZMA2 data end early");
    window.makeRoom();
    const from = window.at;
    const count = Math.min(available, this.#left, window.buffer.length - from, maxChunkBytes);
    window.buffer.set(input.buffer.subarray(input.start, input.start + count), from);
    input.start += count;
    window.at += count;
    this.#left -= count;
    if (this.#left === 0) this.#state = "header";
    return window.buffer.subarray(from, window.at);
  }

  async #decode(window: SlidingWindow): Promise<Uint8Array> {
    const input = this.#input;
    window.makeRoom();
    const from = window.at;
    const limit = Math.min(window.buffer.length, from + Math.min(this.#left, maxChunkBytes));
    for (;;) {
      await input.ensure(longestSymbolBytes);
      const { start } = input;
      const lastStart = input.complete ? input.end : input.end - longestSymbolBytes;
      const pause = decodeSymbols(this.#lzma, input, window, limit, this.#dictionary, lastStart);
      this.#codedLeft -= input.start - start;
      if (input.start > input.end || this.#codedLeft < 0) {
        throw input.corrupt("an LZMA2 chunk ends early");
      }
      if (pause === "full") break;
      if (pause !== "hungry") throw input.corrupt("an LZMA2 chunk has a match that can't be");
    }
    this.#left -= limit - from;
    if (this.#left === 0) await this.#endChunk();
    return window.buffer.subarray(from, limit);
  }

  async #endChunk(): Promise<void> {
    const input = this.#input;
    await input.ensure(1);
    const { start } = input;
    const ended = this.#lzma.endsCode(input);
    this.#codedLeft -= input.start - start;
    if (!ended || this.#codedLeft !== 0)
      throw input.corrupt("an LZMA2 chunk doesn't end with its bytes");
    this.#state = "header";
  }
}
