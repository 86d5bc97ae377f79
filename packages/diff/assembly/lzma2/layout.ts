import { literalChances, literals } from "../../src/codec/lzma/chance-places";

/** How many bits of the byte before choose a literal's chances. No bits of positions are used: sections have no records. */
export const literalContextBits: i32 = 4;
/** The longest match that LZMA knows. */
export const longestMatch: i32 = 273;
export const longestChunkCoded: i32 = 2 ** 16;
/** What one symbol and the end of a chunk take at the very most, with some to spare. */
export const margin: i32 = 64;
/** Few enough that the tables stay in the processor's cache; what is far is found by the chains. */
export const nearBits: i32 = 13;
export const mostBits: i32 = 20;
/** For how many positions at a time it is looked up what came before them. */
export const linkedAtOnce: i32 = 256;
/** How many candidates of a position are gathered at most. */
export const mostGathered: i32 = 16;
/** How far a path goes before its symbols are put out. */
export const longestPath: i32 = 4096;
/** The positions that a path may touch. */
export const pathSize: i32 = longestPath + 2 * longestMatch + 4;
/** A node of a path takes so many bytes, as a power of two. */
export const nodeBits: i32 = 5;
export const chanceCount: i32 = literals + (literalChances << literalContextBits);
/** Distances below it, less one, have chances of their own for all their bits. */
export const nearDistances: i32 = 128;
export const distanceSlotCount: i32 = 64;

// Where everything stands in the memory, one behind the other: as constants, which cost nothing to be added.

/** The last four distances, less one. */
export const repeatsAt: i32 = 64;
export const bitPricesAt: i32 = repeatsAt + 4 * 4;
export const chancesAt: i32 = bitPricesAt + 128;
/** Of each match of a position its length and its distance. */
export const matchesAt: i32 = chancesAt + 2 * chanceCount;
export const matchLengthPricesAt: i32 = matchesAt + 8 * longestMatch;
export const repeatLengthPricesAt: i32 = matchLengthPricesAt + 4 * (longestMatch + 1);
/** Each for four kinds of lengths: 2, 3, 4, more. */
export const nearPricesAt: i32 = repeatLengthPricesAt + 4 * (longestMatch + 1);
export const slotPricesAt: i32 = nearPricesAt + 4 * 4 * nearDistances;
/** Of the lowest four bits of far distances. */
export const alignPricesAt: i32 = slotPricesAt + 4 * 4 * distanceSlotCount;
export const treePricesAt: i32 = alignPricesAt + 4 * 16;
export const byteCountsAt: i32 = treePricesAt + 4 * 512;
export const nodesAt: i32 = (byteCountsAt + 4 * 256 + 63) & ~63;
/** The symbols of the path that was chosen: of each its length and its distance. */
export const symbolsAt: i32 = nodesAt + (pathSize << nodeBits);
export const codeAt: i32 = symbolsAt + 8 * pathSize;
/** Of each position the last ones with the same two, three and four bytes; four numbers' room each. */
export const linksAt: i32 = (codeAt + longestChunkCoded + margin + 63) & ~63;
export const gatheredAt: i32 = linksAt + 16 * linkedAtOnce;
/** The last positions with the same three, four, two and five bytes. */
export const last3At: i32 = gatheredAt + 4 * mostGathered * linkedAtOnce;
export const last4At: i32 = last3At + (4 << nearBits);
export const last2At: i32 = last4At + (4 << nearBits);
export const last5At: i32 = last2At + (4 << 16);
/** What is encoded, with what is before it. */
export const bytesAt: i32 = last5At + (4 << mostBits);

/** What may be read, and is nobody's, around the bytes and the chains. */
const spare: i32 = 64;

/** Of each position the one before it in its chain. */
export function chainsPlace(size: i32): i32 {
  return ((bytesAt + size + 3) & ~3) + spare;
}

export function outputPlace(size: i32): i32 {
  return chainsPlace(size) + 4 * size + spare;
}

/** How much memory there must be. At worst all is stored, which takes a few bytes more for every 64 KiB. */
export function memoryBytes(size: i32): i32 {
  return outputPlace(size) + size + (size >> 12) + spare;
}
