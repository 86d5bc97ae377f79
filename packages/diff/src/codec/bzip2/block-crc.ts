const polynomial = 0x04c11db7;

/** For each byte, most significant bit first, what it adds to the sum 1, 2, 3 and 4 bytes later. */
const tables = [0, 1, 2, 3].map(() => new Int32Array(256));
const [one, two, three, four] = tables as [Int32Array, Int32Array, Int32Array, Int32Array];
for (let byte = 0; byte < 256; byte++) {
  let value = byte << 24;
  for (let bit = 0; bit < 8; bit++) value = (value << 1) ^ (value < 0 ? polynomial : 0);
  one[byte] = value;
}
for (let byte = 0; byte < 256; byte++) {
  let value = one[byte] as number;
  for (const table of [two, three, four]) {
    value = (value << 8) ^ (one[value >>> 24] as number);
    table[byte] = value;
  }
}

/** Carries a block's CRC-32 (bzip2's, most significant bit first) on over `bytes[0, end)`. Starts at -1, ends inverted. */
export function blockCrc(crc: number, bytes: Uint8Array, end: number): number {
  let sum = crc;
  let at = 0;
  for (const last = end - 4; at <= last; at += 4) {
    sum =
      (four[(sum >>> 24) ^ (bytes[at] as number)] as number) ^
      (three[((sum >>> 16) & 0xff) ^ (bytes[at + 1] as number)] as number) ^
      (two[((sum >>> 8) & 0xff) ^ (bytes[at + 2] as number)] as number) ^
      (one[(sum & 0xff) ^ (bytes[at + 3] as number)] as number);
  }
  for (; at < end; at++) sum = (sum << 8) ^ (one[(sum >>> 24) ^ (bytes[at] as number)] as number);
  return sum;
}
