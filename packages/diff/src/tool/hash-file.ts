import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import type { AbortOptions } from "@potassium/core-types";
import { fileProblem } from "../file/file-problem.js";

export interface HashFileOptions extends AbortOptions {
  /** Where the bytes are written on the way, by the same reading: a new file, for its owner alone to run. */
  readonly copyPath?: string | undefined;
  /** Called after each piece with the bytes that are done. */
  readonly onBytes?: ((doneBytes: number) => void) | undefined;
}

export interface HashedFile {
  /** In hexadecimal. */
  readonly sha256: string;
  readonly sizeBytes: number;
}

const pieceBytes = 1024 ** 2;

/**
 * The SHA-256 of a file's bytes and their number.
 *
 * @throws `NOT_FOUND`, `IO_ERROR`
 */
export async function hashFile(path: string, options: HashFileOptions = {}): Promise<HashedFile> {
  const { signal, copyPath, onBytes = () => {} } = options;
  const hash = createHash("sha256");
  const piece = Buffer.allocUnsafe(pieceBytes);
  let sizeBytes = 0;
  let copy: FileHandle | undefined;
  const file = await orProblem(open(path, "r"), "read", path);
  try {
    if (copyPath !== undefined) {
      copy = await orProblem(open(copyPath, "wx", 0o700), "write", copyPath);
    }
    for (;;) {
      signal?.throwIfAborted();
      const { bytesRead } = await orProblem(file.read(piece, 0, pieceBytes), "read", path);
      if (bytesRead === 0) break;
      const bytes = piece.subarray(0, bytesRead);
      hash.update(bytes);
      if (copy !== undefined) await orProblem(copy.writeFile(bytes), "write", copyPath ?? "");
      sizeBytes += bytesRead;
      onBytes(sizeBytes);
    }
  } finally {
    try {
      // Some file systems tell only now that a write failed.
      if (copy !== undefined) await orProblem(copy.close(), "write", copyPath ?? "");
    } finally {
      await file.close();
    }
  }
  return { sha256: hash.digest("hex"), sizeBytes };
}

async function orProblem<T>(work: Promise<T>, deed: string, path: string): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw fileProblem(error, deed, path);
  }
}
