import type { MatchFinder } from "./match-finder.js";

/** What is looked at, and stored, in one go. */
export const randomBlockBytes = 2 ** 16;
/** Bits a byte: random bytes in such a block have 7.997, those of compressed media mostly more than 7.9. */
const leastEntropy = 7.9;
/** At one byte in so many it is looked whether it came before. */
const probeEvery = 61;
/** A match so long pays even among random bytes. */
const leastMatch = 8;
/** Where so many probes find something, it is worth looking everywhere. */
const fewProbes = 16;

const counts = new Uint32Array(256);

/** Whether nothing is to be gained by compressing a block: all bytes are about as frequent, and hardly any came before. */
export function looksRandom(bytes: Uint8Array, start: number, finder: MatchFinder): boolean {
  const end = start + randomBlockBytes;
  if (end > bytes.length || entropy(bytes, start, end) < leastEntropy) return false;
  let found = 0;
  for (let at = start; at < end; at += probeEvery) {
    if (finder.cameBefore(at, leastMatch)) found += 1;
  }
  return found < fewProbes;
}

function entropy(bytes: Uint8Array, start: number, end: number): number {
  counts.fill(0);
  for (let at = start; at < end; at += 1)
    counts[bytes[at] as number] = (counts[bytes[at] as number] as number) + 1;
  const size = end - start;
  let bits = 0;
  for (const count of counts) if (count > 0) bits -= count * Math.log2(count / size);
  return bits / size;
}
