import { createHash } from "node:crypto";
import { basename, dirname } from "node:path";
import { constants, createBrotliCompress, createBrotliDecompress } from "node:zlib";
import { ManifestError } from "../manifest-error.js";
import { readUnchanged } from "../tree/read-unchanged.js";
import type { HashedFile } from "../tree/tree-index.js";
import { readVerified, type TreePlace } from "./read-verified.js";
import type { MadeFile } from "./shipment.js";
import { throughStream } from "./through-stream.js";
import { writePieces } from "./write-pieces.js";

/**
 * Compresses a file by Brotli and proves it by expanding it again.
 *
 * @param path where the compressed bytes go.
 * @returns `undefined`, and no file, where they would be `limitBytes` or more.
 * @throws `HASH_MISMATCH` where the file has changed, `IO_ERROR`, `NOT_FOUND`, `NO_SPACE`
 */
export async function packFile(
  place: TreePlace,
  file: HashedFile,
  path: string,
  limitBytes: number,
): Promise<MadeFile | undefined> {
  const packer = createBrotliCompress({ params: brotliParams(file.sizeBytes) });
  const pieces = throughStream(readVerified(place, file), packer);
  const packed = await writePieces(place.fs, path, pieces, limitBytes);
  if (packed !== undefined) await provePacked(place, file, path);
  return packed;
}

async function provePacked(place: TreePlace, file: HashedFile, path: string): Promise<void> {
  const { fs, signal } = place;
  const { size: sizeBytes, mtimeMs: modifiedMs } = await fs.stat(path);
  const packed = { path: basename(path), sizeBytes, modifiedMs, executable: false };
  const hash = createHash("sha256");
  const packedBytes = readUnchanged(fs, dirname(path), packed, signal);
  for await (const piece of throughStream(packedBytes, createBrotliDecompress()))
    hash.update(piece);
  const found = hash.digest("hex");
  if (found === file.hash) return;
  const message = `${file.path} was not compressed rightly: expanded again, it is another file`;
  throw new ManifestError("HASH_MISMATCH", message, {
    path: file.path,
    foundHash: found,
    expectedHash: file.hash,
  });
}

/** Above this the best quality, at about a megabyte a second, would take too long. */
const bestQualityBytes = 2 ** 20;

function brotliParams(sizeBytes: number): Record<number, number> {
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN, BROTLI_PARAM_SIZE_HINT } = constants;
  const windowBits = Math.ceil(Math.log2(sizeBytes + 1));
  return {
    [BROTLI_PARAM_QUALITY]: sizeBytes > bestQualityBytes ? 9 : constants.BROTLI_MAX_QUALITY,
    [BROTLI_PARAM_LGWIN]: Math.min(
      Math.max(windowBits, constants.BROTLI_MIN_WINDOW_BITS),
      constants.BROTLI_MAX_WINDOW_BITS,
    ),
    [BROTLI_PARAM_SIZE_HINT]: Math.min(sizeBytes, 2 ** 32 - 1),
  };
}
