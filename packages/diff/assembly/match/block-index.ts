import { blockBytes, blockHash } from "./block-hash";

/**
 * Where the blocks of the old file are: of every `stepBytes` bytes the first ones, by their hash.
 *
 * A place of the table has the number of a block plus one, and above it some bits of the block's hash, so that most
 * blocks of another hash are known for such without a look at the old file; 0 is none.
 */
export let table: usize = 0;
/** The table has 2^(32 - shift) places. */
export let shift: i32 = 0;
/**
 * One bit for each value of a hash's highest bits, some more than choose the place: 0 where no block has them. So small
 * that it stays in the processor's cache, and most blocks that are looked up are in no file.
 */
export let filter: usize = 0;
/** The filter has 2^(32 - filterShift) bits. */
export let filterShift: i32 = 0;
export let stepBytes: i32 = 0;

const numberBits: i32 = 25;
export const numberMask: i32 = (1 << numberBits) - 1;

/**
 * How many places a block may have: the one that its hash says, and those beside it, with the lowest bits exchanged. All
 * of them are in one line of the processor's cache. A power of two.
 */
export const bucketPlaces: i32 = 4;

/** @param at - The table's place, with the filter behind it, all 0 at first. */
export function openIndex(at: usize, placeBits: i32, filterBits: i32, step: i32): void {
  table = at;
  shift = 32 - placeBits;
  filter = at + ((<usize>4) << placeBits);
  filterShift = 32 - filterBits;
  stepBytes = step;
}

/** The bits of a hash that a place keeps, where it keeps them. */
export function tagOf(hash: u32): i32 {
  return hash << numberBits;
}

/** Whether a place holds a block with the tag of this hash. */
export function hasTag(place: i32, hash: u32): bool {
  return ((place ^ tagOf(hash)) & ~numberMask) === 0;
}

export function placeAt(place: u32): usize {
  return table + ((<usize>place) << 2);
}

/** 1 where some block of the file may have the hash, 0 where none has. */
export function isInFilter(hash: u32): i32 {
  const bit = hash >> filterShift;
  return (load<u8>(filter + (bit >> 3)) >> (bit & 7)) & 1;
}

/** Whether one of the places of a hash has its tag: where none has, {@link longestCandidate} looks at nothing. */
export function mayHave(hash: u32): bool {
  const places = v128.load(placeAt((hash >> shift) & ~(bucketPlaces - 1)));
  const tags = i32x4.shr_u(v128.xor(places, i32x4.splat(tagOf(hash))), numberBits);
  return v128.any_true(
    v128.andnot(i32x4.eq(tags, i32x4.splat(0)), i32x4.eq(places, i32x4.splat(0))),
  );
}

/** So many blocks are hashed before the first of them is put in. */
const batchBlocks: i32 = 64;
/** What {@link indexBlocks} needs of memory for itself. */
export const batchBytes: i32 = 8 * batchBlocks;

/**
 * Adds the blocks that begin in the first `length` of `size` bytes at `bytes`, which stand at `position` of the old file, a
 * multiple of the step, and whose places are of the share. To be called from front to end: of blocks with one place the
 * first in the file stays. So the index does not depend on the number of shares.
 *
 * Inside a run of one byte only its begin is added: a run matches everywhere, and its begin is the place that helps.
 *
 * @param share - Of which share: of 2^shareBits.
 */
export function indexBlocks(
  bytes: usize,
  size: i32,
  position: f64,
  length: i32,
  share: i32,
  shareBits: i32,
  batch: usize,
): void {
  const last = min(length - 1, size - blockBytes);
  let number = <i32>(<i64>position / stepBytes) + 1;
  for (let at = 0; at <= last; at += batchBlocks * stepBytes, number += batchBlocks) {
    const until = min(last, at + (batchBlocks - 1) * stepBytes);
    indexBatch(bytes, at, until, number, share, shareBits, batch);
  }
}

/** Adds the blocks from `at` to `until`. Called again and again, so that it is compiled well while it still has much to do. */
function indexBatch(
  bytes: usize,
  at: i32,
  until: i32,
  number: i32,
  share: u32,
  shareBits: i32,
  batch: usize,
): void {
  let end = batch;
  // Two shifts: one by 32 would be none.
  const shareShift = 31 - shareBits;
  for (; at <= until; at += stepBytes, number += 1) {
    const block = bytes + at;
    const first = load<i32>(block);
    if (
      first === load<i32>(block, 4) &&
      isRun(block, first) &&
      at > 0 &&
      load<u8>(block - 1) === (first & 0xff)
    ) {
      continue;
    }
    const hash = blockHash(block);
    store<u32>(end, hash);
    store<i32>(end, number, 4);
    end += (hash >> 1) >> shareShift === share ? 8 : 0;
  }
  // All places are asked for at once, and not one after the other: most are not in the processor's cache.
  let touched = 0;
  for (let item = batch; item < end; item += 8) {
    const hash = load<u32>(item);
    touched |= load<i32>(placeAt(hash >> shift)) | load<u8>(filter + ((hash >> filterShift) >> 3));
  }
  for (let item = batch; item < end; item += 8) {
    const hash = load<u32>(item);
    const bit = hash >> filterShift;
    const word = filter + ((bit >> 3) & ~3);
    store<u32>(word, load<u32>(word) | (1 << (bit & 31)));
    put(hash, load<i32>(item, 4));
  }
  // Else the loads would be left out.
  store<i32>(batch, touched);
}

/** Whether a block of whose first two words each is `word` is a run of one byte. */
function isRun(block: usize, word: i32): bool {
  return load<i32>(block, 8) === word && load<i32>(block, 12) === word && word === rotl(word, 8);
}

/** Puts a block into the first of its places that is free, if any is. */
function put(hash: u32, number: i32): void {
  const first = hash >> shift;
  const places = v128.load(placeAt(first & ~(bucketPlaces - 1)));
  // One bit for each place that is free, in the order in which this block takes them.
  let free = i32x4.bitmask(i32x4.eq(places, i32x4.splat(0)));
  if (free === 0) return;
  const odd = -(<i32>(first & 1));
  const upper = -(<i32>((first >> 1) & 1));
  free = (free & ~odd) | ((((free & 5) << 1) | ((free >> 1) & 5)) & odd);
  free = (free & ~upper) | ((((free & 3) << 2) | (free >> 2)) & upper);
  store<i32>(placeAt(first ^ ctz(free)), number | tagOf(hash));
}
