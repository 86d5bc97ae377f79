import { byteCountsAt, bytesAt } from "./layout";
import { cameBefore } from "./match-finder";
import { log2 } from "./math";

/** What is looked at, and stored, in one go. */
export const randomBlockBytes: i32 = 2 ** 16;
/** Bits a byte: random bytes in such a block have 7.997, those of compressed media mostly more than 7.9. */
const leastEntropy: f64 = 7.9;
/** At one byte in so many it is looked whether it came before. */
const probeEvery: i32 = 61;
/** A match so long pays even among random bytes. */
const leastMatch: i32 = 8;
/** Where so many probes find something, it is worth looking everywhere. */
const fewProbes: i32 = 16;

/** Whether nothing is to be gained by compressing a block: all bytes are about as frequent, and hardly any came before. */
export function looksRandom(start: i32, size: i32): bool {
  const end = start + randomBlockBytes;
  if (end > size || entropy(start, end) < leastEntropy) return false;
  let found = 0;
  for (let at = start; at < end; at += probeEvery) {
    if (cameBefore(at, leastMatch)) found += 1;
  }
  return found < fewProbes;
}

function entropy(start: i32, end: i32): f64 {
  memory.fill(byteCountsAt, 0, 4 * 256);
  for (let at = start; at < end; at += 1) {
    const place = (<i32>load<u8>(at, bytesAt)) << 2;
    store<i32>(place, load<i32>(place, byteCountsAt) + 1, byteCountsAt);
  }
  const size = <f64>(end - start);
  let bits: f64 = 0;
  for (let byte = 0; byte < 256; byte += 1) {
    const count = <f64>load<i32>(byte << 2, byteCountsAt);
    if (count > 0) bits -= count * log2(count / size);
  }
  return bits / size;
}
