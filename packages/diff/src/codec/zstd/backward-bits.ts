/**
 * Reads `count` bits, up to 25, at bit `position` of the stream that begins at byte `from`. Zstandard's
 * streams are read from their end to their beginning, so `position` falls. Bits outside of the stream have no meaning.
 */
export function bitsAt(bytes: Uint8Array, from: number, position: number, count: number): number {
  const at = from + (position >> 3);
  const word =
    (bytes[at] as number) |
    ((bytes[at + 1] as number) << 8) |
    ((bytes[at + 2] as number) << 16) |
    ((bytes[at + 3] as number) << 24);
  return (word >>> (position & 7)) & ((1 << count) - 1);
}

/** Where the bits of the stream `bytes[from, end)` end: below the highest bit of its last byte. -1: nowhere. */
export function lastBit(bytes: Uint8Array, from: number, end: number): number {
  const last = end > from ? (bytes[end - 1] as number) : 0;
  return last === 0 ? -1 : (end - from - 1) * 8 + 31 - Math.clz32(last);
}
