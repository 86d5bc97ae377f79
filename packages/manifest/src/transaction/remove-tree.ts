import { nothingThere, unless } from "../fs/file-system-code.js";
import type { UpdateFileSystem } from "../fs/update-file-system.js";

/** Removes one of the updater's own files, or a folder with all that is in it. Links are not followed. */
export async function removeTree(fs: UpdateFileSystem, path: string): Promise<void> {
  const status = await unless(nothingThere, () => fs.lstat(path));
  if (status === undefined) return;
  if (!status.isDirectory()) return fs.unlink(path);
  await emptyFolder(fs, path);
  await fs.rmdir(path);
}

/** Removes what is in a folder, but for some names. */
export async function emptyFolder(
  fs: UpdateFileSystem,
  path: string,
  except: ReadonlySet<string> = new Set(),
): Promise<number> {
  const names = (await unless(nothingThere, () => fs.readdir(path))) ?? [];
  const going = names.filter((name) => !except.has(name));
  for (const name of going) await removeTree(fs, `${path}/${name}`);
  return going.length;
}
