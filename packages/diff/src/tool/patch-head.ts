import * as fs from "node:fs/promises";
import { namingPatch } from "../file/naming-patch.js";
import { type PatchHeader, readPatchHeader } from "../format/patch-header.js";
import { FileSource } from "../source/file-source.js";

/**
 * What is to be known of a patch before a program gets it.
 *
 * @throws `NOT_FOUND`, `CORRUPT_PATCH`, `UNSUPPORTED_FORMAT`, `IO_ERROR`
 */
export async function readPatchHead(path: string): Promise<PatchHeader> {
  const patch = await FileSource.open(fs, path);
  try {
    return await namingPatch(path, () => readPatchHeader(patch));
  } finally {
    await patch.close();
  }
}
