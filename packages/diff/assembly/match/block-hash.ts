/** Bytes that a block has: matches that hold no indexed block whole are not found. */
export const blockBytes: i32 = 16;

const first: i32 = 0x9e3779b1;
const second: i32 = 0x85ebca77;
const third: i32 = 0xc2b2ae3d;
const fourth: i32 = 0x27d4eb2f;
const spread: i32 = 0x2c1b3c6d;
const spreadAgain: i32 = 0x297a2d39;

/** The hash of the block at `at`: 32 bits, each of which depends on all of the block's. */
export function blockHash(at: usize): u32 {
  let hash: u32 =
    load<u32>(at) * first +
    load<u32>(at, 4) * second +
    load<u32>(at, 8) * third +
    load<u32>(at, 12) * fourth;
  // High bits of a word reach only the high bits of its product: they are brought down before the last spreading.
  hash = (hash ^ (hash >> 15)) * spread;
  hash = (hash ^ (hash >> 13)) * spreadAgain;
  return hash ^ (hash >> 16);
}

/** The words that begin at each of the four bytes from `at` on. */
function fourWords(at: usize): v128 {
  const bytes = v128.load(at);
  return i8x16.shuffle(bytes, bytes, 0, 1, 2, 3, 1, 2, 3, 4, 2, 3, 4, 5, 3, 4, 5, 6);
}

/** The hashes of the blocks at each of `count` bytes from `at` on, four at a time: the last ones may be too many. */
export function blockHashes(at: usize, count: i32, hashes: usize): void {
  let words = fourWords(at);
  let words4 = fourWords(at + 4);
  let words8 = fourWords(at + 8);
  for (const end = at + count; at < end; at += 4, hashes += 16) {
    const words12 = fourWords(at + 12);
    let hash = i32x4.add(
      i32x4.add(i32x4.mul(words, i32x4.splat(first)), i32x4.mul(words4, i32x4.splat(second))),
      i32x4.add(i32x4.mul(words8, i32x4.splat(third)), i32x4.mul(words12, i32x4.splat(fourth))),
    );
    hash = i32x4.mul(v128.xor(hash, i32x4.shr_u(hash, 15)), i32x4.splat(spread));
    hash = i32x4.mul(v128.xor(hash, i32x4.shr_u(hash, 13)), i32x4.splat(spreadAgain));
    v128.store(hashes, v128.xor(hash, i32x4.shr_u(hash, 16)));
    words = words4;
    words4 = words8;
    words8 = words12;
  }
}
