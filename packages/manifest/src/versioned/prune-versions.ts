import { checkPrivateFolder } from "../transaction/private-folders.js";
import { removeTree } from "../transaction/remove-tree.js";
import type { Site } from "../transaction/site.js";
import {
  isFolderName,
  type VersionPointer,
  versionPath,
  versionsFolder,
} from "./version-pointer.js";

/**
 * Removes the folders of versions that `current.json` doesn't name: those that are no longer kept, and what an
 * update has left that was cut off. One that a running game holds is left for the next time.
 */
export async function pruneVersions(site: Site, pointer: VersionPointer): Promise<void> {
  const place = `${site.root}/${versionsFolder}`;
  if (!(await checkPrivateFolder(site, place))) return;
  const kept = new Set([pointer.current, ...pointer.previous].map(({ folder }) => folder));
  for (const name of await site.fs.readdir(place)) {
    if (kept.has(name) || !isFolderName(name)) continue;
    await removeTree(site.plainFs, versionPath(site, name)).catch(() => undefined);
  }
}
