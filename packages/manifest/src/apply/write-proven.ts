import { createHash } from "node:crypto";
import type { AbortOptions } from "@potassium/core-types";
import { unless } from "../fs/file-system-code.js";
import type { UpdateFileSystem } from "../fs/update-file-system.js";
import { ManifestError } from "../manifest-error.js";

export interface ProvenContent extends AbortOptions {
  /** In the tree, for messages. */
  readonly path: string;
  /** SHA-256 that the bytes must have. */
  readonly hash: string;
  readonly sizeBytes?: number | undefined;
  /** Nothing is written beyond this. */
  readonly maxBytes: number;
}

/**
 * Writes a new file, fsynced, and hashes what it writes: the bytes that are read are those that are proven.
 * Where they are others, no file is left.
 *
 * @throws `HASH_MISMATCH` with both hashes, `TOO_LARGE`, and what `pieces` and the file system throw
 */
export async function writeProven(
  fs: UpdateFileSystem,
  toPath: string,
  pieces: AsyncIterable<Uint8Array>,
  content: ProvenContent,
): Promise<void> {
  await unless(["ENOENT"], () => fs.unlink(toPath));
  const hash = createHash("sha256");
  const file = await fs.open(toPath, "wx", 0o600);
  try {
    try {
      let sizeBytes = 0;
      for await (const piece of pieces) {
        content.signal?.throwIfAborted();
        if (sizeBytes + piece.length > content.maxBytes) throw tooLarge(content);
        hash.update(piece);
        for (let done = 0; done < piece.length; ) {
          const left = piece.length - done;
          done += (await file.write(piece, done, left, sizeBytes + done)).bytesWritten;
        }
        sizeBytes += piece.length;
      }
      expectContent(content, hash.digest("hex"), sizeBytes);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    await fs.unlink(toPath).catch(() => undefined);
    throw error;
  }
}

/** @throws `HASH_MISMATCH` with both hashes */
export function expectContent(content: ProvenContent, found: string, sizeBytes: number): void {
  const { path, hash } = content;
  if (found === hash && sizeBytes === (content.sizeBytes ?? sizeBytes)) return;
  const told = content.sizeBytes === undefined ? "" : ` and ${content.sizeBytes} bytes`;
  const message = `${path}: what was made has the hash ${found} and ${sizeBytes} bytes instead of the hash ${hash}${told}`;
  throw new ManifestError("HASH_MISMATCH", message, { path, foundHash: found, expectedHash: hash });
}

const tooLarge = ({ path, maxBytes }: ProvenContent) =>
  new ManifestError(
    "TOO_LARGE",
    `${path}: more comes than the ${maxBytes} bytes that it may have`,
    {
      path,
    },
  );
