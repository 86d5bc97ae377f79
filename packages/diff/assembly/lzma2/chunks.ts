import { bytesAt, codeAt, literalContextBits } from "./layout";

const longestStored: i32 = 2 ** 16;
/** `(pb * 5 + lp) * 9 + lc`, with pb 0 and lp 0: better than others on most sections of patches. */
const propertyByte: i32 = literalContextBits;

// Control bytes: a stored chunk, with and without a reset of the dictionary; a coded one, and what it resets.
const storedFirst: i32 = 1;
const stored: i32 = 2;
const coded: i32 = 0x80;
export const resetNothing: i32 = 0x00;
const resetState: i32 = 0x20;
export const newProperties: i32 = 0x40;
export const resetDictionary: i32 = 0x60;

/** The decoder saw none of a stored chunk's symbols. It has the properties if there was a coded chunk before. */
export function afterStored(reset: i32): i32 {
  return reset === resetNothing || reset === resetState ? resetState : newProperties;
}

/** Where the chunks begin, and where the next byte goes. */
let begin: i32 = 0;
let at: i32 = 0;

export function beginChunks(place: i32): void {
  begin = place;
  at = place;
}

export function chunksBytes(): i32 {
  return at - begin;
}

function putByte(byte: i32): void {
  store<u8>(at, byte);
  at += 1;
}

export function putCoded(codeBytes: i32, rawBytes: i32, reset: i32): void {
  const size = rawBytes - 1;
  const codeSize = codeBytes - 1;
  putByte(coded | reset | (size >> 16));
  putByte(size >> 8);
  putByte(size);
  putByte(codeSize >> 8);
  putByte(codeSize);
  if (reset >= newProperties) putByte(propertyByte);
  memory.copy(at, codeAt, codeBytes);
  at += codeBytes;
}

export function putStored(start: i32, end: i32, isFirst: bool): void {
  for (let from = start; from < end; from += longestStored) {
    const part = min(longestStored, end - from);
    const size = part - 1;
    putByte(isFirst && from === start ? storedFirst : stored);
    putByte(size >> 8);
    putByte(size);
    memory.copy(at, bytesAt + from, part);
    at += part;
  }
}
