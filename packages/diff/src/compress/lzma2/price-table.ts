import {
  distanceAlign,
  distanceBits,
  distanceSlots,
  isLongRepeat0,
  isRepeat1To3,
  isRepeat2To3,
  isRepeat3,
  lengthHigh,
  lengthLow,
  lengthMiddle,
  matchLength,
  repeatLength,
} from "../../codec/lzma/lzma-state.js";
import { distanceSlot } from "./distance-slot.js";
import { longestMatch } from "./match-finder.js";

/** Distances below it, less one, have chances of their own for all their bits. */
const nearDistances = 128;
const slots = 64;

/**
 * What a bit 0 costs by its chance >> 4, in sixteenths of a bit; a bit 1 costs what stands at `(chance >> 4) ^ 127`. By
 * whole numbers: `Math.log2` may differ from machine to machine.
 */
export const bitPrices = Int32Array.from({ length: 128 }, (_, index) => {
  let square = (index << 4) + 8;
  let price = 11 * 16 - 15;
  for (let bit = 8; bit > 0; bit >>= 1) {
    square *= square;
    for (; square >= 2 ** 16; square /= 2) price -= bit;
  }
  return price;
});

/** What lengths and distances cost, as the chances stood at the last `refresh()`, in sixteenths of a bit. */
export class PriceTable {
  readonly matchLengths = new Int32Array(longestMatch + 1);
  readonly repeatLengths = new Int32Array(longestMatch + 1);
  /** For each of the four kinds of lengths (2, 3, 4, more): of distances below 128. */
  readonly near = new Int32Array(4 * nearDistances);
  /** Of the slot, and the bits that are as likely 0 as 1. */
  readonly slots = new Int32Array(4 * slots);
  /** Of the lowest four bits of far distances. */
  readonly align = new Int32Array(16);
  readonly #chances: Uint16Array;
  readonly #tree = new Int32Array(512);

  constructor(chances: Uint16Array) {
    this.#chances = chances;
  }

  refresh(): void {
    this.#lengths(this.matchLengths, matchLength);
    this.#lengths(this.repeatLengths, repeatLength);
    for (let index = 0; index < 16; index += 1) {
      this.align[index] = this.#reverseTree(distanceAlign, index, 4);
    }
    for (let kind = 0; kind < 4; kind += 1) this.#slots(kind);
    for (let distance = 0; distance < nearDistances; distance += 1) this.#near(distance);
  }

  /** Of a distance, less one, as the last `refresh()` found it. */
  distance(distance: number, length: number): number {
    const kind = length < 5 ? length - 2 : 3;
    if (distance < nearDistances) return this.near[kind * nearDistances + distance] as number;
    return (
      (this.slots[kind * slots + distanceSlot(distance)] as number) +
      (this.align[distance & 15] as number)
    );
  }

  /** Of a match at one of the last four distances, without its length, as the chances stand now. */
  repeat(index: number, state: number): number {
    const chances = this.#chances;
    const first = chances[isRepeat1To3 + state] as number;
    if (index === 0) return zero(first) + one(chances[isLongRepeat0 + (state << 4)] as number);
    const second = chances[isRepeat2To3 + state] as number;
    if (index === 1) return one(first) + zero(second);
    const third = chances[isRepeat3 + state] as number;
    return one(first) + one(second) + (index === 2 ? zero(third) : one(third));
  }

  #lengths(prices: Int32Array, chances: number): void {
    const first = this.#chances[chances] as number;
    const second = this.#chances[chances + 1] as number;
    const longer = one(first);
    this.#tree8(prices, 2, chances + lengthLow, 3, zero(first));
    this.#tree8(prices, 10, chances + lengthMiddle, 3, longer + zero(second));
    this.#tree8(prices, 18, chances + lengthHigh, 8, longer + one(second));
  }

  #slots(kind: number): void {
    this.#tree8(this.slots, kind * slots, distanceSlots + (kind << 6), 6, 0);
    for (let slot = 14; slot < slots; slot += 1) {
      const direct = (slot >> 1) - 1 - 4;
      this.slots[kind * slots + slot] = (this.slots[kind * slots + slot] as number) + (direct << 4);
    }
  }

  #near(distance: number): void {
    const slot = distanceSlot(distance);
    let price = 0;
    if (slot >= 4) {
      const bits = (slot >> 1) - 1;
      const base = (2 | (slot & 1)) << bits;
      price = this.#reverseTree(distanceBits + base - slot, distance - base, bits);
    }
    for (let kind = 0; kind < 4; kind += 1) {
      this.near[kind * nearDistances + distance] =
        (this.slots[kind * slots + slot] as number) + price;
    }
  }

  /** Puts the prices of all symbols of a tree of up to 8 bits, `more` added, at `place`. */
  #tree8(prices: Int32Array, place: number, chances: number, bits: number, more: number): void {
    const tree = this.#tree;
    const size = 1 << bits;
    tree[1] = more;
    for (let node = 1; node < size; node += 1) {
      const chance = this.#chances[chances + node] as number;
      tree[2 * node] = (tree[node] as number) + zero(chance);
      tree[2 * node + 1] = (tree[node] as number) + one(chance);
    }
    for (let symbol = 0; symbol < size; symbol += 1) {
      prices[place + symbol] = tree[size + symbol] as number;
    }
  }

  #reverseTree(chances: number, symbol: number, bits: number): number {
    let node = 1;
    let price = 0;
    for (let index = 0; index < bits; index += 1) {
      const bit = (symbol >> index) & 1;
      const chance = this.#chances[chances + node] as number;
      price += bit === 0 ? zero(chance) : one(chance);
      node = (node << 1) | bit;
    }
    return price;
  }
}

const zero = (chance: number): number => bitPrices[chance >> 4] as number;
const one = (chance: number): number => bitPrices[(chance >> 4) ^ 127] as number;
