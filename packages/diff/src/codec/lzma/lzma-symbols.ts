import type { ByteInput } from "../byte-input.js";
import type { SlidingWindow } from "../sliding-window.js";
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
} from "./chance-places.js";
import type { LzmaState } from "./lzma-state.js";

/** How much input a symbol takes at the very most, with some to spare. */
export const longestSymbolBytes = 32;

/** Why `decodeSymbols` came back. */
export type LzmaPause = "full" | "hungry" | "end-marker" | "bad-distance";

/**
 * The LZMA algorithm: turns range-coded symbols into bytes in a window, until the window's `at` is `limit` or
 * `input` may not hold another whole symbol.
 *
 * @see Igor Pavlov's "LZMA specification" (lzma-specification.txt of the LZMA SDK)
 * @param limit - Where in the window to stop.
 * @param dictionary - How far back a match may reach.
 * @param lastStart - The last place in the input where a symbol may begin.
 */
// biome-ignore format: what decodes one bit stands in line, since calls cost half the speed
export function decodeSymbols(
  lzma: LzmaState,
  input: ByteInput,
  window: SlidingWindow,
  limit: number,
  dictionary: number,
  lastStart: number,
): LzmaPause {
  const { buffer } = input;
  const bytes = window.buffer;
  const size = bytes.length;
  const { wrapped } = window;
  const { chances, positionMask, literalPositionMask: literalMask, literalContextBits: contextBits } = lzma;
  const contextShift = 8 - contextBits;
  let { start } = input;
  let { at } = window;
  let { range, code, state, pending: length } = lzma;
  let repeat0 = lzma.repeats[0] as number;
  let repeat1 = lzma.repeats[1] as number;
  let repeat2 = lzma.repeats[2] as number;
  let repeat3 = lzma.repeats[3] as number;
  let pause: LzmaPause = "full";
  let previous = at > 0 ? (bytes[at - 1] as number) : wrapped ? (bytes[size - 1] as number) : 0;
  let slot = 0;
  let chance = 0;
  let bound = 0;
  let symbol = 0;

  for (;;) {
    if (length > 0) {
      let from = at - repeat0 - 1;
      if (from < 0) from += size;
      const stop = Math.min(at + length, limit);
      length -= stop - at;
      if (from + (stop - at) <= size) {
        while (at < stop) bytes[at++] = bytes[from++] as number;
      } else {
        while (at < stop) {
          bytes[at++] = bytes[from++] as number;
          if (from === size) from = 0;
        }
      }
      if (at > 0) previous = bytes[at - 1] as number;
    }
    if (at === limit) break;
    if (start > lastStart) { pause = "hungry"; break; }
    const position = at & positionMask;
    slot = isMatch + (state << 4) + position; chance = chances[slot] as number;
    if (range >>> 0 < 0x1000000) { range <<= 8; code = (code << 8) | (buffer[start++] as number); }
    bound = Math.imul(range >>> 11, chance);
    if (code >>> 0 < bound >>> 0) {
      range = bound; chances[slot] = chance + ((2048 - chance) >> 5);
      const literal =
        literals +
        literalChances * (((at & literalMask) << contextBits) + (previous >> contextShift));
      symbol = 1;
      if (state >= 7) {
        let from = at - repeat0 - 1;
        if (from < 0) from += size;
        let match = bytes[from] as number;
        do {
          match <<= 1;
          const matchBit = match & 0x100;
          slot = literal + 256 + matchBit + symbol; chance = chances[slot] as number;
          if (range >>> 0 < 0x1000000) { range <<= 8; code = (code << 8) | (buffer[start++] as number); }
          bound = Math.imul(range >>> 11, chance);
          if (code >>> 0 < bound >>> 0) {
            range = bound; chances[slot] = chance + ((2048 - chance) >> 5); symbol <<= 1;
            if (matchBit !== 0) break;
          } else {
            range = (range - bound) | 0; code = (code - bound) | 0; chances[slot] = chance - (chance >> 5); symbol = (symbol << 1) | 1;
            if (matchBit === 0) break;
          }
        } while (symbol < 0x100);
      }
      while (symbol < 0x100) {
        slot = literal + symbol; chance = chances[slot] as number;
        if (range >>> 0 < 0x1000000) { range <<= 8; code = (code << 8) | (buffer[start++] as number); }
        bound = Math.imul(range >>> 11, chance);
        if (code >>> 0 < bound >>> 0) {
          range = bound; chances[slot] = chance + ((2048 - chance) >> 5); symbol <<= 1;
        } else { range = (range - bound) | 0; code = (code - bound) | 0; chances[slot] = chance - (chance >> 5); symbol = (symbol << 1) | 1; }
      }
      previous = symbol & 0xff;
      bytes[at++] = previous;
      state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
      continue;
    } else { range = (range - bound) | 0; code = (code - bound) | 0; chances[slot] = chance - (chance >> 5); }

    let lengths = repeatLength;
    let fresh = false;
    slot = isRepeat + state; chance = chances[slot] as number;
    if (range >>> 0 < 0x1000000) { range <<= 8; code = (code << 8) | (buffer[start++] as number); }
    bound = Math.imul(range >>> 11, chance);
    if (code >>> 0 < bound >>> 0) {
      range = bound; chances[slot] = chance + ((2048 - chance) >> 5);
      fresh = true;
      lengths = matchLength;
      repeat3 = repeat2;
      repeat2 = repeat1;
      repeat1 = repeat0;
    } else {
      range = (range - bound) | 0; code = (code - bound) | 0; chances[slot] = chance - (chance >> 5);
      if (!wrapped && at === 0) { pause = "bad-distance"; break; }
    }
    if (!fresh) {
      let short = false;
      slot = isRepeat1To3 + state; chance = chances[slot] as number;
      if (range >>> 0 < 0x1000000) { range <<= 8; code = (code << 8) | (buffer[start++] as number); }
      bound = Math.imul(range >>> 11, chance);
      if (code >>> 0 < bound >>> 0) {
        range = bound; chances[slot] = chance + ((2048 - chance) >> 5);
        slot = isLongRepeat0 + (state << 4) + position; chance = chances[slot] as number;
        if (range >>> 0 < 0x1000000) { range <<= 8; code = (code << 8) | (buffer[start++] as number); }
        bound = Math.imul(range >>> 11, chance);
        if (code >>> 0 < bound >>> 0) {
          range = bound; chances[slot] = chance + ((2048 - chance) >> 5);
          short = true;
        } else { range = (range - bound) | 0; code = (code - bound) | 0; chances[slot] = chance - (chance >> 5); }
      } else {
        range = (range - bound) | 0; code = (code - bound) | 0; chances[slot] = chance - (chance >> 5);
        let distance = repeat1;
        slot = isRepeat2To3 + state; chance = chances[slot] as number;
        if (range >>> 0 < 0x1000000) { range <<= 8; code = (code << 8) | (buffer[start++] as number); }
        bound = Math.imul(range >>> 11, chance);
        if (code >>> 0 < bound >>> 0) {
          range = bound; chances[slot] = chance + ((2048 - chance) >> 5);
        } else {
          range = (range - bound) | 0; code = (code - bound) | 0; chances[slot] = chance - (chance >> 5);
          slot = isRepeat3 + state; chance = chances[slot] as number;
          if (range >>> 0 < 0x1000000) { range <<= 8; code = (code << 8) | (buffer[start++] as number); }
          bound = Math.imul(range >>> 11, chance);
          if (code >>> 0 < bound >>> 0) {
            range = bound; chances[slot] = chance + ((2048 - chance) >> 5);
            distance = repeat2;
          } else {
            range = (range - bound) | 0; code = (code - bound) | 0; chances[slot] = chance - (chance >> 5);
            distance = repeat3;
            repeat3 = repeat2;
          }
          repeat2 = repeat1;
        }
        repeat1 = repeat0;
        repeat0 = distance;
      }
      if (short) {
        state = state < 7 ? 9 : 11;
        length = 1;
        if (repeat0 >>> 0 >= dictionary || (!wrapped && repeat0 >>> 0 >= at)) { pause = "bad-distance"; break; }
        continue;
      }
    }

    let tree = lengths + lengthLow + (position << 3);
    let treeSize = 8;
    let least = 2;
    slot = lengths; chance = chances[slot] as number;
    if (range >>> 0 < 0x1000000) { range <<= 8; code = (code << 8) | (buffer[start++] as number); }
    bound = Math.imul(range >>> 11, chance);
    if (code >>> 0 < bound >>> 0) {
      range = bound; chances[slot] = chance + ((2048 - chance) >> 5);
    } else {
      range = (range - bound) | 0; code = (code - bound) | 0; chances[slot] = chance - (chance >> 5);
      slot = lengths + 1; chance = chances[slot] as number;
      if (range >>> 0 < 0x1000000) { range <<= 8; code = (code << 8) | (buffer[start++] as number); }
      bound = Math.imul(range >>> 11, chance);
      if (code >>> 0 < bound >>> 0) {
        range = bound; chances[slot] = chance + ((2048 - chance) >> 5);
        tree = lengths + lengthMiddle + (position << 3);
        least = 10;
      } else {
        range = (range - bound) | 0; code = (code - bound) | 0; chances[slot] = chance - (chance >> 5);
        tree = lengths + lengthHigh;
        treeSize = 256;
        least = 18;
      }
    }
    symbol = 1;
    do {
      slot = tree + symbol; chance = chances[slot] as number;
      if (range >>> 0 < 0x1000000) { range <<= 8; code = (code << 8) | (buffer[start++] as number); }
      bound = Math.imul(range >>> 11, chance);
      if (code >>> 0 < bound >>> 0) {
        range = bound; chances[slot] = chance + ((2048 - chance) >> 5); symbol <<= 1;
      } else { range = (range - bound) | 0; code = (code - bound) | 0; chances[slot] = chance - (chance >> 5); symbol = (symbol << 1) | 1; }
    } while (symbol < treeSize);
    const matched = least + symbol - treeSize;

    if (!fresh) {
      state = state < 7 ? 8 : 11;
    } else {
      state = state < 7 ? 7 : 10;
      tree = distanceSlots + (Math.min(matched - 2, 3) << 6);
      symbol = 1;
      do {
        slot = tree + symbol; chance = chances[slot] as number;
        if (range >>> 0 < 0x1000000) { range <<= 8; code = (code << 8) | (buffer[start++] as number); }
        bound = Math.imul(range >>> 11, chance);
        if (code >>> 0 < bound >>> 0) {
          range = bound; chances[slot] = chance + ((2048 - chance) >> 5); symbol <<= 1;
        } else { range = (range - bound) | 0; code = (code - bound) | 0; chances[slot] = chance - (chance >> 5); symbol = (symbol << 1) | 1; }
      } while (symbol < 64);
      symbol -= 64;
      repeat0 = symbol;
      if (symbol >= 4) {
        let bits = (symbol >> 1) - 1;
        repeat0 = (2 | (symbol & 1)) << bits;
        if (symbol < 14) {
          tree = distanceBits + repeat0 - symbol;
        } else {
          tree = distanceAlign;
          let direct = 0;
          for (; bits > 4; bits--) {
            if (range >>> 0 < 0x1000000) { range <<= 8; code = (code << 8) | (buffer[start++] as number); }
            range >>>= 1;
            code = (code - range) | 0;
            const below = code >> 31;
            code = (code + (range & below)) | 0;
            direct = ((direct << 1) + below + 1) | 0;
          }
          repeat0 = (repeat0 + (direct << 4)) | 0;
        }
        symbol = 1;
        for (let index = 0; index < bits; index++) {
          slot = tree + symbol; chance = chances[slot] as number;
          if (range >>> 0 < 0x1000000) { range <<= 8; code = (code << 8) | (buffer[start++] as number); }
          bound = Math.imul(range >>> 11, chance);
          if (code >>> 0 < bound >>> 0) {
            range = bound; chances[slot] = chance + ((2048 - chance) >> 5); symbol <<= 1;
          } else {
            range = (range - bound) | 0; code = (code - bound) | 0; chances[slot] = chance - (chance >> 5); symbol = (symbol << 1) | 1;
            repeat0 += 1 << index;
          }
        }
        repeat0 |= 0;
      }
      if (repeat0 === -1) { pause = "end-marker"; break; }
    }
    if (repeat0 >>> 0 >= dictionary || (!wrapped && repeat0 >>> 0 >= at)) { pause = "bad-distance"; break; }
    length = matched;
  }

  input.start = start;
  window.at = at;
  lzma.range = range;
  lzma.code = code;
  lzma.state = state;
  lzma.repeats.set([repeat0, repeat1, repeat2, repeat3]);
  lzma.pending = length;
  return pause;
}
