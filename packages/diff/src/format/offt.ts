/** Bytes of one {@link readOfft}. */
export const offtBytes = 8;

/**
 * Reads one integer of the bsdiff formats: 8 bytes, little-endian, the top bit of which is the sign and
 * the rest the magnitude (no two's complement). `NaN` for what is beyond ±(2^53 - 1).
 */
export function readOfft(bytes: Uint8Array, at: number): number {
  const low = readUint32(bytes, at);
  const high = readUint32(bytes, at + 4);
  const magnitude = (high & 0x7fffffff) * 2 ** 32 + low;
  if (magnitude > Number.MAX_SAFE_INTEGER) return Number.NaN;
  // Subtracted from 0, so that minus zero is 0 too.
  return high >= 0x80000000 ? 0 - magnitude : magnitude;
}

function readUint32(bytes: Uint8Array, at: number): number {
  const low = (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
  const high = (bytes[at + 2] as number) | ((bytes[at + 3] as number) << 8);
  return ((high << 16) | low) >>> 0;
}
