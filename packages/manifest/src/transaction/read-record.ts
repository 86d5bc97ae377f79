import { hasErrorCode } from "@potassium/core-types";
import { readFile } from "../document/read-file.js";
import type { UpdateFileSystem } from "../fs/update-file-system.js";

/**
 * The text of a record of the updater's own: `undefined` where there is none, and "", which is as damaged as can be,
 * where it is larger than any that an update writes.
 *
 * @throws `UNSAFE_PLACE`, `IO_ERROR`
 */
export async function readRecord(
  fs: UpdateFileSystem,
  path: string,
  maxBytes: number,
): Promise<string | undefined> {
  try {
    return Buffer.from(await readFile(fs, path, maxBytes)).toString();
  } catch (error) {
    if (hasErrorCode(error, "NOT_FOUND")) return undefined;
    if (hasErrorCode(error, "TOO_LARGE")) return "";
    throw error;
  }
}
