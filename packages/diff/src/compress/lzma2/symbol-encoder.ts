import {
  distanceAlign,
  distanceBits,
  distanceSlots,
  isLongRepeat0,
  isMatch,
  isRepeat,
  isRepeat1To3,
  isRepeat2To3,
  isRepeat3,
  lengthHigh,
  lengthLow,
  lengthMiddle,
  literalChances,
  literals,
  matchLength,
  repeatLength,
} from "../../codec/lzma/lzma-state.js";
import { distanceSlot } from "./distance-slot.js";
import { RangeEncoder } from "./range-encoder.js";

/** How many bits of the byte before choose a literal's chances. No bits of positions are used: sections have no records. */
export const literalContextBits = 4;
const half = 1024;

/** Puts LZMA's symbols into a range encoder, and keeps the state that decoders keep. */
export class SymbolEncoder {
  readonly range: RangeEncoder;
  /** The last four distances, less one. */
  readonly repeats = new Int32Array(4);
  #state = 0;
  readonly #chances: Uint16Array;
  #bytes: Uint8Array = new Uint8Array();

  constructor(maxCodedBytes: number) {
    this.#chances = new Uint16Array(literals + (literalChances << literalContextBits));
    this.range = new RangeEncoder(this.#chances, maxCodedBytes);
  }

  /** @param bytes - What the symbols stand for, with what was before it. */
  begin(bytes: Uint8Array): void {
    this.#bytes = bytes;
    this.reset();
  }

  reset(): void {
    this.#chances.fill(half);
    this.repeats.fill(0);
    this.#state = 0;
  }

  get state(): number {
    return this.#state;
  }

  /** Whether the last symbol was a literal. */
  get afterLiteral(): boolean {
    return this.#state < 7;
  }

  literal(at: number): void {
    const { range } = this;
    const bytes = this.#bytes;
    const state = this.#state;
    range.bit(isMatch + (state << 4), 0);
    const byte = bytes[at] as number;
    const previous = at > 0 ? (bytes[at - 1] as number) : 0;
    const chances = literals + literalChances * (previous >> (8 - literalContextBits));
    if (state < 7) {
      range.tree(chances, byte, 8);
    } else {
      // The byte that the last match would have had next is most likely not it.
      let matched = (bytes[at - (this.repeats[0] as number) - 1] as number) << 1;
      let offset = 0x100;
      let symbol = byte | 0x100;
      while (symbol < 0x10000) {
        const bit = (symbol >> 7) & 1;
        range.bit(chances + offset + (matched & offset) + (symbol >> 8), bit);
        symbol <<= 1;
        offset &= ~(matched ^ symbol);
        matched <<= 1;
      }
    }
    this.#state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
  }

  /** @param distance - How far back, less one. */
  match(distance: number, length: number): void {
    const { range, repeats } = this;
    range.bit(isMatch + (this.#state << 4), 1);
    range.bit(isRepeat + this.#state, 0);
    this.#state = this.#state < 7 ? 7 : 10;
    this.#length(matchLength, length);
    const slot = distanceSlot(distance);
    range.tree(distanceSlots + (Math.min(length - 2, 3) << 6), slot, 6);
    if (slot >= 4) {
      const bits = (slot >> 1) - 1;
      const base = (2 | (slot & 1)) << bits;
      if (slot < 14) {
        range.reverseTree(distanceBits + base - slot, distance - base, bits);
      } else {
        range.directBits((distance - base) >>> 4, bits - 4);
        range.reverseTree(distanceAlign, distance & 15, 4);
      }
    }
    repeats.copyWithin(1, 0, 3);
    repeats[0] = distance;
  }

  /** A match at one of the last four distances. Of length 1 only at the last one. */
  repeat(index: number, length: number): void {
    const { range, repeats } = this;
    const state = this.#state;
    range.bit(isMatch + (state << 4), 1);
    range.bit(isRepeat + state, 1);
    if (index === 0) {
      range.bit(isRepeat1To3 + state, 0);
      range.bit(isLongRepeat0 + (state << 4), length === 1 ? 0 : 1);
    } else {
      const distance = repeats[index] as number;
      range.bit(isRepeat1To3 + state, 1);
      range.bit(isRepeat2To3 + state, index === 1 ? 0 : 1);
      if (index > 1) range.bit(isRepeat3 + state, index - 2);
      repeats.copyWithin(1, 0, index);
      repeats[0] = distance;
    }
    if (length === 1) {
      this.#state = state < 7 ? 9 : 11;
    } else {
      this.#length(repeatLength, length);
      this.#state = state < 7 ? 8 : 11;
    }
  }

  #length(chances: number, length: number): void {
    const { range } = this;
    const more = length - 2;
    if (more < 8) {
      range.bit(chances, 0);
      range.tree(chances + lengthLow, more, 3);
    } else if (more < 16) {
      range.bit(chances, 1);
      range.bit(chances + 1, 0);
      range.tree(chances + lengthMiddle, more - 8, 3);
    } else {
      range.bit(chances, 1);
      range.bit(chances + 1, 1);
      range.tree(chances + lengthHigh, more - 16, 8);
    }
  }
}
