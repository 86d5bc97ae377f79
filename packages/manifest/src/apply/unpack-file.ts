import { createBrotliDecompress } from "node:zlib";
import { throughStream } from "../build/through-stream.js";
import { fileSystemCode } from "../fs/file-system-code.js";
import type { UpdateFileSystem } from "../fs/update-file-system.js";
import { ManifestError } from "../manifest-error.js";
import { readPieces } from "./read-pieces.js";
import { type ProvenContent, writeProven } from "./write-proven.js";

/**
 * Expands a Brotli file, no further than its content may have bytes.
 *
 * @throws `CORRUPT_PATCH` where it is no whole Brotli stream, `TOO_LARGE`, `HASH_MISMATCH`, and what the file system throws
 */
export async function unpackFile(
  fs: UpdateFileSystem,
  packedPath: string,
  toPath: string,
  content: ProvenContent,
): Promise<void> {
  const { path } = content;
  try {
    const pieces = throughStream(readPieces(fs, packedPath), createBrotliDecompress());
    await writeProven(fs, toPath, pieces, content);
  } catch (cause) {
    if (!/^(?:ERR_|Z_)/.test(fileSystemCode(cause) ?? "")) throw cause;
    const message = `${path}: what is shipped of it is no whole Brotli stream`;
    throw new ManifestError("CORRUPT_PATCH", message, { cause, path });
  }
}
