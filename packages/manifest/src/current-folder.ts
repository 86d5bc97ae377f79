import { fileFailure } from "./file-failure.js";
import { type InstalledVersionOptions, installedOptionNames } from "./installed-version.js";
import { ManifestError } from "./manifest-error.js";
import { parseSite } from "./transaction/parse-site.js";
import { checkRoot } from "./transaction/private-folders.js";
import { rootMode } from "./versioned/root-mode.js";
import { readPointer, versionPath } from "./versioned/version-pointer.js";

/**
 * The folder that the game is to be started from, absolute: `root` itself, or where it holds versions in folders of
 * their own that of the current one. A launcher asks for it each time that it starts the game.
 *
 * @throws `NOT_FOUND` (no such folder, or no version in it), `REPAIR_NEEDED` where `current.json` is damaged,
 *   `UNSAFE_PLACE`, `IO_ERROR`, `INVALID_ARGUMENT`
 * @example
 * ```ts
 * spawn(join(await currentFolder("/games/skywars"), "game"));
 * ```
 */
export async function currentFolder(
  root: string,
  options: InstalledVersionOptions = {},
): Promise<string> {
  const site = parseSite(root, options, installedOptionNames);
  try {
    await checkRoot(site);
    if ((await rootMode(site)) !== "versioned") return site.root;
    const pointer = await readPointer(site);
    if (pointer !== undefined) return versionPath(site, pointer.current.folder);
    const message = `${site.root} has no current version: install it, or repair the installation`;
    throw new ManifestError("NOT_FOUND", message, { path: site.root });
  } catch (error) {
    throw fileFailure(error, site.root);
  }
}
