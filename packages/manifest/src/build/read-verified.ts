import { createHash } from "node:crypto";
import type { AbortOptions } from "@potassium/core-types";
import type { UpdateFileSystem } from "../fs/update-file-system.js";
import { ManifestError } from "../manifest-error.js";
import { readUnchanged } from "../tree/read-unchanged.js";
import type { HashedFile } from "../tree/tree-index.js";

/** A tree, and by what it is read. */
export interface TreePlace extends AbortOptions {
  readonly fs: UpdateFileSystem;
  readonly root: string;
}

/**
 * The bytes of a file whose hash is known, which they have: after the last piece it throws where they don't. A
 * piece is only good until the next is asked for.
 *
 * @throws `HASH_MISMATCH` with both hashes, `IO_ERROR`, `NOT_FOUND`
 */
export async function* readVerified(
  { fs, root, signal }: TreePlace,
  file: HashedFile,
): AsyncGenerator<Uint8Array, void, undefined> {
  const hash = createHash("sha256");
  for await (const piece of readUnchanged(fs, root, file, signal)) {
    hash.update(piece);
    yield piece;
  }
  const found = hash.digest("hex");
  if (found === file.hash) return;
  const message = `${file.path} changed after it was hashed: nothing may write to the tree`;
  throw new ManifestError("HASH_MISMATCH", message, {
    path: file.path,
    foundHash: found,
    expectedHash: file.hash,
  });
}

/** Reads a file once more, for its hash alone. @throws as {@link readVerified} does */
export async function expectUnchanged(place: TreePlace, file: HashedFile): Promise<void> {
  for await (const _ of readVerified(place, file));
}
