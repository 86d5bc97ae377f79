import { nothingThere, unless } from "../fs/file-system-code.js";
import { syncFolder } from "../fs/sync.js";
import { ManifestError } from "../manifest-error.js";
import type { Site } from "./site.js";

/**
 * Makes some of the updater's own folders, and the folder that they are in, where they aren't there, and has them
 * last through a power failure.
 *
 * @throws `NOT_FOUND` (no installation), `UNSAFE_PLACE` where one of them is a link or no folder
 */
export async function makePrivateFolders(site: Site, paths: readonly string[]): Promise<void> {
  await checkRoot(site);
  if (await makeFolder(site, site.folder)) await syncFolder(site, site.root);
  const made: boolean[] = [];
  for (const path of paths) made.push(await makeFolder(site, path));
  if (made.includes(true)) await syncFolder(site, site.folder);
}

export const makePrivateFolder = (site: Site, path: string): Promise<void> =>
  makePrivateFolders(site, [path]);

/** The same for the folder of the locks, which a power failure may take. */
export async function makeLockFolder(site: Site): Promise<void> {
  await makePrivateFolders(site, []);
  await makeFolder(site, site.lock);
}

/** @throws `NOT_FOUND` where there is no installation */
export async function checkRoot({ fs, root }: Site): Promise<void> {
  const status = await unless(nothingThere, () => fs.stat(root));
  if (status?.isDirectory()) return;
  throw new ManifestError("NOT_FOUND", `${root} is no folder`, { path: root });
}

async function makeFolder(site: Site, path: string): Promise<boolean> {
  const made = await unless(["EEXIST"], async () => {
    await site.fs.mkdir(path);
    return true;
  });
  if (made) return true;
  await checkPrivateFolder(site, path);
  return false;
}

/** Whether it is there. @throws `UNSAFE_PLACE` where it is a link or no folder */
export async function checkPrivateFolder(site: Site, path: string): Promise<boolean> {
  const status = await unless(nothingThere, () => site.fs.lstat(path));
  if (status === undefined) return false;
  if (status.isDirectory()) return true;
  throw new ManifestError("UNSAFE_PLACE", `${path} is a link or no folder`, { path });
}
