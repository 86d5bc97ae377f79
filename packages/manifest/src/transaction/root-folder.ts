import { dirname } from "node:path";
import { nothingThere, unless } from "../fs/file-system-code.js";
import { syncFolder } from "../fs/sync.js";
import { ManifestError } from "../manifest-error.js";
import { checkRoot } from "./private-folders.js";
import type { Site } from "./site.js";

/**
 * Sees that the root is there, or for a first installation that it can be made.
 *
 * @returns whether it is there.
 * @throws `NOT_FOUND` where it is no folder, or is not there and may not be made, or the folder above it is none
 */
export async function checkRootPlace(site: Site, mayBeMade: boolean): Promise<boolean> {
  const { fs, root } = site;
  const isThere = (await unless(nothingThere, () => fs.lstat(root))) !== undefined;
  if (isThere) {
    await checkRoot(site);
    return true;
  }
  if (!mayBeMade) throw nothingInstalled(root);
  const parent = dirname(root);
  const status = await unless(nothingThere, () => fs.stat(parent));
  if (status?.isDirectory()) return false;
  const message = `${parent} is no folder: ${root} can't be made in it`;
  throw new ManifestError("NOT_FOUND", message, { path: parent });
}

/**
 * Makes the root of a first installation where it isn't there, and has it last through a power failure. Folders above
 * it are not made.
 *
 * @throws as {@link checkRootPlace} does, `IO_ERROR`
 */
export async function makeRoot(site: Site): Promise<void> {
  const { fs, root, folder, windows, plainFs } = site;
  const parent = dirname(root);
  if (await checkRootPlace(site, true)) {
    // It may have been made by a call that was killed before it was durable. It may also be none of ours.
    if (await unless(nothingThere, () => fs.lstat(folder))) return;
    await syncFolder({ fs: plainFs, windows }, parent).catch(() => undefined);
    return;
  }
  await unless(["EEXIST"], () => fs.mkdir(root));
  await syncFolder(site, parent);
}

/** For an update from a version. */
export const nothingInstalled = (root: string) =>
  new ManifestError("NOT_FOUND", `nothing is installed in ${root}: give a full update`, {
    path: root,
  });
