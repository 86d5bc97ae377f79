import { fileFailure } from "./file-failure.js";
import { type InstalledVersionOptions, installedOptionNames } from "./installed-version.js";
import { parseSite } from "./transaction/parse-site.js";
import { checkPrivateFolder, checkRoot } from "./transaction/private-folders.js";
import { keptJournal, versionBefore } from "./transaction/rollback.js";
import { rootMode } from "./versioned/root-mode.js";
import { readPointer } from "./versioned/version-pointer.js";

/**
 * The versions that `rollbackUpdate` can come back to, the last first. In place it is one at most, and "" where nothing
 * tells which it is: after a first installation that is no version at all, and a rollback removes the game. The name of
 * the installed version is in it after a repair: that is what the repair has replaced.
 *
 * @throws `NOT_FOUND` (no such folder), `REPAIR_NEEDED`, `UNSAFE_PLACE`, `IO_ERROR`, `INVALID_ARGUMENT`
 */
export async function keptVersions(
  root: string,
  options: InstalledVersionOptions = {},
): Promise<readonly string[]> {
  const site = parseSite(root, options, installedOptionNames);
  try {
    await checkRoot(site);
    const isOurs = await checkPrivateFolder(site, site.folder);
    if ((await rootMode(site)) === "versioned") {
      const { previous = [] } = (await readPointer(site)) ?? {};
      return Object.freeze(previous.map(({ installed }) => installed.version));
    }
    const journal = isOurs ? await keptJournal(site) : undefined;
    return Object.freeze(journal === undefined ? [] : [versionBefore(journal)]);
  } catch (error) {
    throw fileFailure(error, site.root);
  }
}
