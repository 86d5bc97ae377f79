import type { HashedFile } from "../tree/tree-index.js";
import { type FilePair, type MakePatchOptions, makePatch } from "./make-patch.js";
import { packFile } from "./pack-file.js";
import { readVerified, type TreePlace } from "./read-verified.js";
import type { Shipment } from "./shipment.js";
import { writePieces } from "./write-pieces.js";

export interface ShipFileOptions extends MakePatchOptions {
  /** Whether the file may be shipped compressed. */
  readonly compress: boolean;
}

/**
 * Makes what is shipped of a new file: the smallest of its patches, itself compressed, and itself.
 *
 * @param old its old version, with other content.
 * @throws `HASH_MISMATCH` where a file has changed, `IO_ERROR`, `NOT_FOUND`, `NO_SPACE`, and what an
 *   engine throws
 */
export async function shipFile(
  newTree: TreePlace,
  file: HashedFile,
  old: Pick<FilePair, "old" | "oldTree"> | undefined,
  options: ShipFileOptions,
): Promise<Shipment> {
  const { compress, scratchPath } = options;
  // Of an empty file, or to one, there is nothing that a patch could spare.
  const patchable = old !== undefined && old.old.sizeBytes > 0 && file.sizeBytes > 0;
  const patch = patchable ? await makePatch({ ...old, newTree, file }, options) : undefined;
  const limitBytes = patch?.sizeBytes ?? file.sizeBytes;
  const packed =
    compress && limitBytes > 0
      ? await packFile(newTree, file, scratchPath(), limitBytes)
      : undefined;
  if (packed !== undefined) {
    if (patch !== undefined) await newTree.fs.unlink(patch.made);
    return { kind: "packed", ...packed };
  }
  if (patch !== undefined) return { kind: "patch", ...patch };
  const path = scratchPath();
  const { fs } = newTree;
  await writePieces(fs, path, readVerified(newTree, file));
  return { kind: "whole", made: path, hash: file.hash, sizeBytes: file.sizeBytes };
}
