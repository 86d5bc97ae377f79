import { createHash } from "node:crypto";
import type { FileStatus, UpdateFileSystem } from "./update-file-system.js";

const pieceBytes = 2 ** 20;

/** What tells that a file is still the one that was hashed. */
export const fileIdentity = (status: FileStatus): string =>
  `${status.dev} ${status.ino} ${status.size} ${status.mtimeMs} ${status.ctimeMs}`;

export interface HashedFile {
  readonly hash: string;
  readonly size: number;
  /** `undefined` where the file changed while it was read. */
  readonly identity: string | undefined;
}

/**
 * Hashes a file that `lstat` called a plain one.
 *
 * @returns `undefined` where another stands there by now.
 */
export async function readHash(
  fs: UpdateFileSystem,
  path: string,
  seen: FileStatus,
  signal?: AbortSignal,
): Promise<HashedFile | undefined> {
  const file = await fs.open(path, "r");
  try {
    const before = await file.stat();
    if (before.ino !== seen.ino || before.dev !== seen.dev) return undefined;
    const hash = createHash("sha256");
    const piece = new Uint8Array(Math.min(pieceBytes, Math.max(before.size, 1)));
    let size = 0;
    for (;;) {
      signal?.throwIfAborted();
      const { bytesRead } = await file.read(piece, 0, piece.length, size);
      if (bytesRead === 0) break;
      hash.update(piece.subarray(0, bytesRead));
      size += bytesRead;
    }
    const after = fileIdentity(await file.stat());
    const identity = after === fileIdentity(before) ? after : undefined;
    return { hash: hash.digest("hex"), size, identity };
  } finally {
    await file.close();
  }
}
