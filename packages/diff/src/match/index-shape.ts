import { blockBytes, hashOfWords } from "./block-hash.js";

/**
 * Where the blocks of an old file are: of every `stepBytes` bytes the first {@link blockBytes}, by their hash.
 *
 * A place of the table has the number of a block plus one, and above it some bits of the block's hash, so that most
 * blocks of another hash are known for such without a look at the old file; 0 is none.
 */
export interface BlockIndex {
  readonly stepBytes: number;
  readonly table: Int32Array;
  /** The table has 2^(32 - shift) places. */
  readonly shift: number;
  /**
   * One bit for each value of a hash's highest bits, some more than choose the place: 0 where no block has them. So small
   * that it stays in the processor's cache, and most blocks that are looked up are in no file.
   */
  readonly filter: Int32Array;
  /** The filter has 2^(32 - filterShift) bits. */
  readonly filterShift: number;
}

const numberBits = 25;
export const numberMask = 2 ** numberBits - 1;
/** The most places that an index may have: no more blocks than a number can tell apart. */
export const mostPlaces = 2 ** (numberBits - 1);

/**
 * How many places a block may have: the one that its hash says, and those beside it, with the lowest bits exchanged. All
 * of them are in one line of the processor's cache. A power of two.
 */
export const bucketPlaces = 4;

/** The bits of a hash that a place keeps, where it keeps them. */
export const tagOf = (hash: number): number => hash << numberBits;

/** Whether a place holds a block with the tag of this hash. */
export const hasTag = (place: number, hash: number): boolean =>
  ((place ^ (hash << numberBits)) & ~numberMask) === 0;

export interface IndexShape {
  readonly stepBytes: number;
  /** A power of two. */
  readonly places: number;
}

/**
 * The distance of blocks and the size of the table: the distance grows with the old file, so that the table does not
 * outgrow `maxPlaces`.
 *
 * @param leastStepBytes - A power of two.
 * @param maxPlaces - A power of two, 256 to {@link mostPlaces}.
 */
export function indexShape(
  oldBytes: number,
  leastStepBytes: number,
  maxPlaces: number,
): IndexShape {
  let stepBytes = leastStepBytes;
  while (oldBytes / stepBytes > maxPlaces) stepBytes *= 2;
  let places = 256;
  while (places < oldBytes / stepBytes) places *= 2;
  return { stepBytes, places };
}

const mostFilterBits = 2 ** 26;
const filterBits = (places: number): number => Math.min(mostFilterBits, 4 * places);

/** How much memory an index takes. */
export const indexBytes = (places: number): number => 4 * places + filterBits(places) / 8;

/** @param buffer - As large as {@link indexBytes} says, all 0. May be shared by several threads. */
export function makeIndex({ stepBytes, places }: IndexShape, buffer: ArrayBufferLike): BlockIndex {
  return {
    stepBytes,
    table: new Int32Array(buffer, 0, places),
    shift: 32 - Math.log2(places),
    filter: new Int32Array(buffer, 4 * places),
    filterShift: 32 - Math.log2(filterBits(places)),
  };
}

/** A part of an index: a thread that fills it alone needs no atomic operations, which cost more than all the rest. */
export interface IndexShare {
  readonly number: number;
  /** A power of two, at most 8. */
  readonly count: number;
}

/**
 * Adds the blocks that begin in the first `length` of `bytes`, which stand at `position` of the old file, a multiple
 * of the step, and whose places are of the share. To be called from front to end: of blocks with one place the first in
 * the file stays. So the index does not depend on the number of shares.
 *
 * Inside a run of one byte only its begin is added: a run matches everywhere, and its begin is the place that helps.
 */
export function indexBlocks(
  index: BlockIndex,
  share: IndexShare,
  bytes: DataView,
  position: number,
  length: number,
): void {
  const { stepBytes, table, shift, filter, filterShift } = index;
  const { number: own } = share;
  // Two shifts: one by 32 would be none.
  const shareShift = 31 - Math.log2(share.count);
  const last = Math.min(length - 1, bytes.byteLength - blockBytes);
  let number = position / stepBytes + 1;
  for (let at = 0; at <= last; at += stepBytes, number += 1) {
    const first = bytes.getInt32(at, true);
    const second = bytes.getInt32(at + 4, true);
    const third = bytes.getInt32(at + 8, true);
    const fourth = bytes.getInt32(at + 12, true);
    if (first === second && second === third && third === fourth && goesOn(bytes, at, first))
      continue;
    const hash = hashOfWords(first, second, third, fourth);
    if ((hash >>> 1) >>> shareShift !== own) continue;
    const bit = hash >>> filterShift;
    filter[bit >>> 5] = (filter[bit >>> 5] as number) | (1 << (bit & 31));
    const place = hash >>> shift;
    for (let way = 0; way < bucketPlaces; way += 1) {
      if (table[place ^ way] !== 0) continue;
      table[place ^ way] = number | tagOf(hash);
      break;
    }
  }
}

/** Whether a run of the word's byte came before it. */
function goesOn(bytes: DataView, at: number, word: number): boolean {
  return (
    word === ((word << 8) | (word >>> 24)) && at > 0 && bytes.getUint8(at - 1) === (word & 0xff)
  );
}
