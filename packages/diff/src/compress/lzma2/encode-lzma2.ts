import { ByteSink } from "../../encode/byte-sink.js";
import type { Effort } from "../written-codec.js";
import { FastParser } from "./fast-parser.js";
import { looksRandom, randomBlockBytes } from "./looks-random.js";
import { type FinderSettings, MatchFinder } from "./match-finder.js";
import { OptimalParser } from "./optimal-parser.js";
import { literalContextBits, SymbolEncoder } from "./symbol-encoder.js";

/** How much time a smaller section is worth. */
export type Lzma2Effort = Effort;

const settings: Readonly<Record<Lzma2Effort, FinderSettings>> = {
  fast: { depth: 2, niceBytes: 32, combines: false },
  balanced: { depth: 4, niceBytes: 64, combines: false },
  smallest: { depth: 16, niceBytes: 48, combines: true },
};

const longestChunkRaw = 2 ** 21;
const longestChunkCoded = 2 ** 16;
/** What one symbol and the end of a chunk take at the very most, with some to spare. */
const margin = 64;
const longestStored = 2 ** 16;
/** `(pb * 5 + lp) * 9 + lc`, with pb 0 and lp 0: better than others on most sections of patches. */
const propertyByte = literalContextBits;

// Control bytes: a stored chunk, with and without a reset of the dictionary; a coded one, and what it resets.
const storedFirst = 1;
const stored = 2;
const coded = 0x80;
const resetNothing = 0x00;
const resetState = 0x20;
const newProperties = 0x40;
const resetDictionary = 0x60;

const nothing = new Uint8Array();

/** What follows the last block of a section. */
export const lzma2End = 0;

/** Compresses blocks of a section into LZMA2 chunks, one after the other; each by itself, so that others may do the next. */
export class Lzma2Encoder {
  readonly #symbols = new SymbolEncoder(longestChunkCoded + margin);
  readonly #finder = new MatchFinder();
  readonly #fast = new FastParser(this.#symbols, this.#finder);
  readonly #optimal = new OptimalParser(this.#symbols, this.#finder);
  readonly #sink = new ByteSink();
  #room = new Uint8Array();

  /** How much work the matching was, in steps. */
  get steps(): number {
    return this.#finder.steps;
  }

  /** @param before - What stands before the block in the section, and may be referred to; empty at the section's begin. */
  encode(bytes: Uint8Array, effort: Lzma2Effort, before: Uint8Array = nothing): Uint8Array {
    const symbols = this.#symbols;
    const parser = effort === "smallest" ? this.#optimal : this.#fast;
    const whole = before.length === 0 ? bytes : this.#joined(before, bytes);
    symbols.begin(whole);
    parser.begin(whole, settings[effort]);
    this.#finder.skipTo(before.length);
    const sink = this.#sink;
    sink.clear();
    let reset = before.length === 0 ? resetDictionary : newProperties;
    for (let at = before.length; at < whole.length; ) {
      const start = at;
      if (looksRandom(whole, at, this.#finder)) {
        at += randomBlockBytes;
        parser.restart(at);
        putStored(sink, whole.subarray(start, at), reset === resetDictionary);
        reset = afterStored(reset);
        symbols.reset();
        continue;
      }
      const end = Math.min(whole.length, start + longestChunkRaw);
      symbols.range.begin();
      while (at < end && symbols.range.length < longestChunkCoded - margin) {
        at += parser.step(at, end);
      }
      symbols.range.end();
      const code = symbols.range.bytes.subarray(0, symbols.range.at);
      if (code.length < at - start) {
        putCoded(sink, code, at - start, reset);
        reset = resetNothing;
      } else {
        putStored(sink, whole.subarray(start, at), reset === resetDictionary);
        reset = afterStored(reset);
        symbols.reset();
      }
    }
    return sink.bytes.slice();
  }

  #joined(before: Uint8Array, bytes: Uint8Array): Uint8Array {
    const size = before.length + bytes.length;
    if (this.#room.length < size) this.#room = new Uint8Array(size);
    this.#room.set(before);
    this.#room.set(bytes, before.length);
    return this.#room.subarray(0, size);
  }
}

/**
 * One block as LZMA2 chunks: begins with a reset of the dictionary, state and properties, so blocks may be joined in a
 * row. No end marker. For many blocks, one `Lzma2Encoder` saves making its tables anew.
 */
export function encodeLzma2Block(bytes: Uint8Array, effort: Lzma2Effort): Uint8Array {
  return new Lzma2Encoder().encode(bytes, effort);
}

/** The decoder saw none of a stored chunk's symbols. It has the properties if there was a coded chunk before. */
const afterStored = (reset: number): number =>
  reset === resetNothing || reset === resetState ? resetState : newProperties;

function putCoded(sink: ByteSink, code: Uint8Array, rawBytes: number, reset: number): void {
  const [size, codeSize] = [rawBytes - 1, code.length - 1];
  sink.putByte(coded | reset | (size >> 16));
  for (const byte of [size >> 8, size, codeSize >> 8, codeSize]) sink.putByte(byte & 0xff);
  if (reset >= newProperties) sink.putByte(propertyByte);
  sink.put(code);
}

function putStored(sink: ByteSink, bytes: Uint8Array, isFirst: boolean): void {
  for (let at = 0; at < bytes.length; at += longestStored) {
    const part = bytes.subarray(at, at + longestStored);
    const size = part.length - 1;
    sink.putByte(isFirst && at === 0 ? storedFirst : stored);
    sink.putByte(size >> 8);
    sink.putByte(size & 0xff);
    sink.put(part);
  }
}

/** The section's first byte: the least dictionary of at least `bytes`. */
export function lzma2DictionaryByte(bytes: number): number {
  let code = 0;
  while ((2 | (code & 1)) * 2 ** ((code >> 1) + 11) < bytes) code += 1;
  return code;
}
