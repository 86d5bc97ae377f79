import { nothingThere, unless } from "../fs/file-system-code.js";
import { ManifestError } from "../manifest-error.js";
import type { Site } from "./site.js";

/**
 * Sees that no touched folder is on another volume than the stage: a file can't be moved there as one step.
 *
 * @throws `UNSAFE_PLACE`
 */
export async function checkVolume(site: Site, paths: Iterable<string>): Promise<void> {
  const { fs, root, stage, backups, folder } = site;
  const { dev } = await fs.lstat(folder);
  for (const place of [root, stage, backups, ...foldersAbove(root, paths)]) {
    const status = await unless(nothingThere, () => fs.lstat(place));
    if (status === undefined || !status.isDirectory() || status.dev === dev) continue;
    const message = `${place} is on another volume than ${folder}: what is updated must be on one`;
    throw new ManifestError("UNSAFE_PLACE", message, { path: place });
  }
}

function foldersAbove(root: string, paths: Iterable<string>): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const path of paths) {
    for (let end = path.indexOf("/"); end !== -1; end = path.indexOf("/", end + 1)) {
      folders.add(`${root}/${path.slice(0, end)}`);
    }
  }
  return folders;
}
