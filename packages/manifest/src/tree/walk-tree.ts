import { unless } from "../fs/file-system-code.js";
import type { FileStatus, UpdateFileSystem } from "../fs/update-file-system.js";

/** One thing in a folder. */
export interface WalkedEntry {
  /** Below the folder, with `/` between its segments. */
  readonly path: string;
  readonly status: FileStatus;
}

/**
 * All that is in a folder, each folder before what is in it; no link is followed. A folder that isn't there is empty.
 *
 * @param passes whether a path is to be given, and what is in it.
 */
export async function* walkTree(
  fs: Pick<UpdateFileSystem, "lstat" | "readdir">,
  root: string,
  passes: (path: string, isFolder: boolean) => boolean = () => true,
  folder = "",
): AsyncGenerator<WalkedEntry, void, undefined> {
  const absentCodes = folder === "" ? ["ENOENT"] : [];
  const names = (await unless(absentCodes, () => fs.readdir(`${root}/${folder}`))) ?? [];
  for (const name of names.sort()) {
    const path = folder === "" ? name : `${folder}/${name}`;
    const status = await fs.lstat(`${root}/${path}`);
    if (!passes(path, status.isDirectory())) continue;
    yield { path, status };
    if (status.isDirectory()) yield* walkTree(fs, root, passes, path);
  }
}
