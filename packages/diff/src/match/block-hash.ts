/** Bytes that a block has: matches that hold no indexed block whole are not found. */
export const blockBytes = 16;

/** The hash of the block that begins at `at`: 32 bits, each of which depends on all of the block's. */
export function blockHash(bytes: DataView, at: number): number {
  return hashOfWords(
    bytes.getInt32(at, true),
    bytes.getInt32(at + 4, true),
    bytes.getInt32(at + 8, true),
    bytes.getInt32(at + 12, true),
  );
}

/** The same, of the block's four words. */
export function hashOfWords(first: number, second: number, third: number, fourth: number): number {
  let hash =
    Math.imul(first, 0x9e3779b1) +
    Math.imul(second, 0x85ebca77) +
    Math.imul(third, 0xc2b2ae3d) +
    Math.imul(fourth, 0x27d4eb2f);
  // High bits of a word reach only the high bits of its product: they are brought down before the last spreading.
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 13), 0x297a2d39);
  return hash ^ (hash >>> 16);
}
