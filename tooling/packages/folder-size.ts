import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

/** The bytes of all files of a folder; links are not followed. */
export async function folderSize(folder: string): Promise<number> {
  let size = 0;
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile()) size += (await stat(join(entry.parentPath, entry.name))).size;
  }
  return size;
}
