import { bitsAt, lastBit } from "./backward-bits.js";
import { readFseTable } from "./fse-table.js";

const mostBits = 11;
const mostWeightLog = 6;

/** The code of a block's literals: an entry is symbol << 4 | bits, by the next `bits` bits. */
export interface HuffmanCode {
  readonly bits: number;
  readonly entries: Uint16Array;
}

/**
 * Reads the description of a code from `bytes[start, end)`.
 *
 * @see RFC 8878, 4.2.1
 * @returns the code and where its description ends; `undefined` where it can't be
 */
export function readHuffmanCode(
  bytes: Uint8Array,
  start: number,
  end: number,
): { readonly code: HuffmanCode; readonly end: number } | undefined {
  if (start >= end) return undefined;
  const header = bytes[start] as number;
  const behind = start + 1 + (header < 128 ? header : (header - 126) >> 1);
  if (behind > end) return undefined;
  const weights =
    header < 128
      ? readWeights(bytes, start + 1, behind)
      : Array.from({ length: header - 127 }, (_, index) => {
          const pair = bytes[start + 1 + (index >> 1)] as number;
          return index % 2 === 0 ? pair >> 4 : pair & 15;
        });
  const code = weights && codeOfWeights(weights);
  return code && { code, end: behind };
}

/** Two states take turns at telling weights, until the bits are used up. */
function readWeights(bytes: Uint8Array, start: number, end: number): number[] | undefined {
  const read = readFseTable(bytes, start, end, mostWeightLog, mostBits + 1);
  if (read === undefined) return undefined;
  const { entries, log } = read.table;
  let position = lastBit(bytes, read.end, end) - 2 * log;
  if (position < 0) return undefined;
  let entry = entries[bitsAt(bytes, read.end, position + log, log)] as number;
  let other = entries[bitsAt(bytes, read.end, position, log)] as number;
  const weights: number[] = [];
  while (weights.length < 254) {
    weights.push(entry >> 24);
    const bits = (entry >> 16) & 0xff;
    position -= bits;
    if (position < 0) {
      weights.push(other >> 24);
      return weights;
    }
    const next = entries[(entry & 0xffff) + bitsAt(bytes, read.end, position, bits)] as number;
    entry = other;
    other = next;
  }
  return undefined;
}

/** The last symbol's weight isn't told: it is what fills the code up. */
function codeOfWeights(weights: number[]): HuffmanCode | undefined {
  let sum = 0;
  for (const weight of weights) {
    if (weight > mostBits) return undefined;
    sum += (1 << weight) >> 1;
  }
  if (sum === 0) return undefined;
  const bits = 32 - Math.clz32(sum);
  const missing = (1 << bits) - sum;
  if (bits > mostBits || (missing & (missing - 1)) !== 0) return undefined;
  weights.push(32 - Math.clz32(missing));
  const entries = new Uint16Array(1 << bits);
  let place = 0;
  for (let weight = 1; weight <= bits; weight++) {
    for (let symbol = 0; symbol < weights.length; symbol++) {
      if (weights[symbol] !== weight) continue;
      const behind = place + (1 << (weight - 1));
      entries.fill((symbol << 4) | (bits + 1 - weight), place, behind);
      place = behind;
    }
  }
  return { bits, entries };
}

/**
 * Decodes the stream `bytes[from, end)` into `target[at, behind)`.
 *
 * @returns false where the stream doesn't hold just that many symbols
 */
export function readHuffmanStream(
  code: HuffmanCode,
  bytes: Uint8Array,
  from: number,
  end: number,
  target: Uint8Array,
  at: number,
  behind: number,
): boolean {
  const { bits, entries } = code;
  const mask = (1 << bits) - 1;
  let position = lastBit(bytes, from, end);
  if (position < 0) return false;
  let index = at;
  for (const lastPair = behind - 2; index <= lastPair && position >= 24; index += 2) {
    // 24 bits hold two symbols of 11.
    const word = bitsAt(bytes, from, position - 24, 24);
    const first = entries[word >> (24 - bits)] as number;
    const used = first & 15;
    const second = entries[(word >> (24 - bits - used)) & mask] as number;
    target[index] = first >> 4;
    target[index + 1] = second >> 4;
    position -= used + (second & 15);
  }
  for (; index < behind; index++) {
    const entry = entries[bitsAt(bytes, from, position - bits, bits)] as number;
    target[index] = entry >> 4;
    position -= entry & 15;
    if (position < 0) return false;
  }
  return position === 0;
}
