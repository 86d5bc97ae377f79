import { createHash } from "node:crypto";
import { fileFailure } from "../file-failure.js";
import type { UpdateFileSystem } from "../fs/update-file-system.js";
import type { MadeFile } from "./shipment.js";

/**
 * Writes a new file and hashes what it writes.
 *
 * @returns `undefined`, and no file, where it would have `limitBytes` or more.
 * @throws `NO_SPACE`, `IO_ERROR`, and what `pieces` throws
 */
export async function writePieces(
  fs: UpdateFileSystem,
  path: string,
  pieces: AsyncIterable<Uint8Array>,
  limitBytes = Number.POSITIVE_INFINITY,
): Promise<MadeFile | undefined> {
  const hash = createHash("sha256");
  let sizeBytes = 0;
  try {
    const file = await fs.open(path, "wx", 0o644);
    try {
      for await (const piece of pieces) {
        const start = sizeBytes;
        sizeBytes += piece.length;
        if (sizeBytes >= limitBytes) break;
        hash.update(piece);
        for (let done = 0; done < piece.length; ) {
          const left = piece.length - done;
          const { bytesWritten } = await file.write(piece, done, left, start + done);
          done += bytesWritten;
        }
      }
    } finally {
      await file.close();
    }
    if (sizeBytes < limitBytes) return { made: path, hash: hash.digest("hex"), sizeBytes };
    await fs.unlink(path);
    return undefined;
  } catch (error) {
    throw fileFailure(error, path);
  }
}
