import { chancesAt, codeAt } from "./layout";

// The range encoder of LZMA: see Igor Pavlov's "LZMA specification" (lzma-specification.txt of the LZMA SDK).

/** What is put at a time at the very most: a carry never goes further back than a chunk's begin. */
const top: u32 = 1 << 24;

// The lower end of the range, and its width.
let low: u64 = 0;
let range: u32 = 0;
/** Where the next byte of code goes. The first byte is 0. */
let at: i32 = 0;

export function beginCode(): void {
  store<u8>(codeAt, 0);
  at = codeAt + 1;
  low = 0;
  range = 0xffffffff;
}

/** How many bytes there will be after `endCode()`. */
export function codeLength(): i32 {
  return at + 4 - codeAt;
}

/** Returns how many bytes there are. */
export function endCode(): i32 {
  for (let index = 0; index < 4; index += 1) shift();
  return at - codeAt;
}

/** Puts a bit, whose chance to be 0 stands at `slot`. */
export function putBit(slot: i32, bit: i32): void {
  const chance: u32 = load<u16>(slot << 1, chancesAt);
  const bound = (range >>> 11) * chance;
  if (bit === 0) {
    range = bound;
    store<u16>(slot << 1, chance + ((2048 - chance) >>> 5), chancesAt);
  } else {
    low += bound;
    if (low > 0xffffffff) carry();
    range -= bound;
    store<u16>(slot << 1, chance - (chance >>> 5), chancesAt);
  }
  if (range < top) {
    range <<= 8;
    shift();
  }
}

/** Puts the lowest `count` bits of `value`, the highest first, each as likely 0 as 1. */
export function putDirectBits(value: i32, count: i32): void {
  for (let index = count - 1; index >= 0; index -= 1) {
    range >>>= 1;
    if (((value >>> index) & 1) !== 0) {
      low += range;
      if (low > 0xffffffff) carry();
    }
    if (range < top) {
      range <<= 8;
      shift();
    }
  }
}

/** Puts `bits` bits of `symbol`, at most eight, the highest first, with the chances of a tree at `tree`. */
export function putTree(tree: i32, symbol: i32, bits: i32): void {
  putBits(tree, (symbol | (1 << bits)) << (8 - bits), bits, 0, 0);
}

/** Puts a byte that is most likely not `matched`: up to where they differ, two more trees tell of each bit. */
export function putMatched(tree: i32, byte: i32, matched: i32): void {
  putBits(tree, byte | 0x100, 8, matched << 1, 0x100);
}

/** Puts the lowest `bits` bits of `symbol`, the lowest first. */
export function putReverseTree(tree: i32, symbol: i32, bits: i32): void {
  let node = 1;
  for (let index = 0; index < bits; index += 1) {
    const bit = (symbol >>> index) & 1;
    putBit(tree + node, bit);
    node = (node << 1) | bit;
  }
}

/**
 * Puts the `bits` bits of `symbol` below its bit 8, which is 1. Most bits go this way: the range is kept in locals, and
 * there is no jump by a bit, which the processor could not foresee.
 */
function putBits(tree: i32, symbol: i32, bits: i32, matched: i32, offset: i32): void {
  let lowNow = low;
  let rangeNow = range;
  for (const end = 0x100 << bits; symbol < end; ) {
    const slot = (tree + offset + (matched & offset) + (symbol >> 8)) << 1;
    const isOne = -((symbol >> 7) & 1);
    symbol <<= 1;
    offset &= ~(matched ^ symbol);
    matched <<= 1;
    const chance: i32 = load<u16>(slot, chancesAt);
    const bound = (rangeNow >>> 11) * <u32>chance;
    // A chance falls by a 32nd of itself, rounded down, or grows by that of the rest.
    store<u16>(slot, chance + ((2048 - (2017 & isOne) - chance) >> 5), chancesAt);
    lowNow += bound & <u32>isOne;
    if (lowNow > 0xffffffff) {
      carry();
      lowNow &= 0xffffffff;
    }
    rangeNow = isOne !== 0 ? rangeNow - bound : bound;
    if (rangeNow < top) {
      rangeNow <<= 8;
      store<u8>(at, <u8>(lowNow >>> 24));
      at += 1;
      lowNow = (lowNow << 8) & 0xffffffff;
    }
  }
  low = lowNow;
  range = rangeNow;
}

function shift(): void {
  store<u8>(at, <u8>(low >>> 24));
  at += 1;
  low = (low << 8) & 0xffffffff;
}

function carry(): void {
  low &= 0xffffffff;
  let place = at - 1;
  while (load<u8>(place) === 0xff) {
    store<u8>(place, 0);
    place -= 1;
  }
  store<u8>(place, load<u8>(place) + 1);
}
