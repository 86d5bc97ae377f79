import { deflateRawSync } from "node:zlib";
import type { FileSource } from "../source/file-source.js";

const sampleBytes = 2 ** 13;
const samples = 32;
/** What deflate makes of compressed data, as a share of it: hardly less, and of anything else much less. */
const leastShare = 0.97;

/**
 * Whether a file is compressed, or encrypted, already: so it is taken where three in four of the samples that are spread
 * over it can't be compressed. Then trying hard to compress what is new in it is in vain.
 *
 * @throws `IO_ERROR`
 */
export async function looksCompressed(file: FileSource): Promise<boolean> {
  const count = Math.min(samples, Math.ceil(file.sizeBytes / sampleBytes));
  const room = new Uint8Array(sampleBytes);
  let dense = 0;
  for (let sample = 0; sample < count; sample += 1) {
    const position = Math.floor(((file.sizeBytes - sampleBytes) * sample) / Math.max(1, count - 1));
    const got = await file.read(Math.max(0, position), room);
    const deflated = deflateRawSync(room.subarray(0, got), { level: 1 });
    if (deflated.length >= leastShare * got) dense += 1;
  }
  return count > 0 && dense >= 0.75 * count;
}
