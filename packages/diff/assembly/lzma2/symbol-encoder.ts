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
} from "../../src/codec/lzma/chance-places";
import { distanceSlot } from "./distance-slot";
import { bytesAt, chanceCount, chancesAt, literalContextBits, repeatsAt } from "./layout";
import { putBit, putDirectBits, putMatched, putReverseTree, putTree } from "./range-encoder";
import { afterLiteral, afterMatch, afterRepeat, afterShort } from "./states";

const half: i32 = 1024;

// Puts LZMA's symbols into the range encoder, and keeps the state that decoders keep.

/** What the last symbols were. */
export let state: i32 = 0;

/** Of the last four distances, less one. */
export function lastDistance(index: i32): i32 {
  return load<i32>(index << 2, repeatsAt);
}

export function resetSymbols(): void {
  for (let slot = 0; slot < chanceCount; slot += 1) store<u16>(slot << 1, half, chancesAt);
  memory.fill(repeatsAt, 0, 16);
  state = 0;
}

export function putLiteral(at: i32): void {
  const before = state;
  putBit(isMatch + (before << 4), 0);
  const byte: i32 = load<u8>(at, bytesAt);
  const previous: i32 = at > 0 ? load<u8>(at - 1, bytesAt) : 0;
  const chances = literals + literalChances * (previous >> (8 - literalContextBits));
  if (before < 7) putTree(chances, byte, 8);
  // The byte that the last match would have had next is most likely not it.
  else putMatched(chances, byte, load<u8>(at - lastDistance(0) - 1, bytesAt));
  state = afterLiteral(before);
}

/** @param distance - How far back, less one. */
export function putMatch(distance: i32, length: i32): void {
  putBit(isMatch + (state << 4), 1);
  putBit(isRepeat + state, 0);
  state = afterMatch(state);
  putLength(matchLength, length);
  const slot = distanceSlot(distance);
  putTree(distanceSlots + (min(length - 2, 3) << 6), slot, 6);
  if (slot >= 4) {
    const bits = (slot >> 1) - 1;
    const base = (2 | (slot & 1)) << bits;
    if (slot < 14) {
      putReverseTree(distanceBits + base - slot, distance - base, bits);
    } else {
      putDirectBits((distance - base) >>> 4, bits - 4);
      putReverseTree(distanceAlign, distance & 15, 4);
    }
  }
  memory.copy(repeatsAt + 4, repeatsAt, 12);
  store<i32>(repeatsAt, distance);
}

/** A match at one of the last four distances. Of length 1 only at the last one. */
export function putRepeat(index: i32, length: i32): void {
  const before = state;
  putBit(isMatch + (before << 4), 1);
  putBit(isRepeat + before, 1);
  if (index === 0) {
    putBit(isRepeat1To3 + before, 0);
    putBit(isLongRepeat0 + (before << 4), length === 1 ? 0 : 1);
  } else {
    const distance = lastDistance(index);
    putBit(isRepeat1To3 + before, 1);
    putBit(isRepeat2To3 + before, index === 1 ? 0 : 1);
    if (index > 1) putBit(isRepeat3 + before, index - 2);
    for (let to = index; to > 0; to -= 1) {
      store<i32>(to << 2, lastDistance(to - 1), repeatsAt);
    }
    store<i32>(repeatsAt, distance);
  }
  if (length === 1) {
    state = afterShort(before);
  } else {
    putLength(repeatLength, length);
    state = afterRepeat(before);
  }
}

function putLength(chances: i32, length: i32): void {
  const more = length - 2;
  if (more < 8) {
    putBit(chances, 0);
    putTree(chances + lengthLow, more, 3);
  } else if (more < 16) {
    putBit(chances, 1);
    putBit(chances + 1, 0);
    putTree(chances + lengthMiddle, more - 8, 3);
  } else {
    putBit(chances, 1);
    putBit(chances + 1, 1);
    putTree(chances + lengthHigh, more - 16, 8);
  }
}
