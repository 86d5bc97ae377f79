import type { FileStatus, UpdateFile, UpdateFileSystem } from "../fs/update-file-system.js";
import { ManifestError } from "../manifest-error.js";

const pieceBytes = 2 ** 18;

/**
 * The bytes of a plain file, piece by piece. A piece is only good until the next is asked for.
 *
 * @throws `UNSAFE_PLACE` where a link or another thing stands there, and what the file system throws
 */
export async function* readPieces(
  fs: Pick<UpdateFileSystem, "lstat" | "open">,
  place: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  const seen: FileStatus = await fs.lstat(place);
  if (!seen.isFile()) throw unsafe(place, "is no plain file");
  const file: UpdateFile = await fs.open(place, "r");
  try {
    const opened = await file.stat();
    if (opened.ino !== seen.ino || opened.dev !== seen.dev) {
      throw unsafe(place, "was exchanged while it was opened");
    }
    const piece = new Uint8Array(Math.min(pieceBytes, Math.max(opened.size, 1)));
    for (let position = 0; ; ) {
      const { bytesRead } = await file.read(piece, 0, piece.length, position);
      if (bytesRead === 0) return;
      position += bytesRead;
      yield piece.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

const unsafe = (place: string, problem: string) =>
  new ManifestError("UNSAFE_PLACE", `${place} ${problem}`, { path: place });
