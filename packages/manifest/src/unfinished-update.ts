import { fileFailure } from "./file-failure.js";
import { type InstalledVersionOptions, installedOptionNames } from "./installed-version.js";
import { readJournal } from "./transaction/journal.js";
import { parseSite } from "./transaction/parse-site.js";
import { checkPrivateFolder, checkRoot } from "./transaction/private-folders.js";

/** An update in place that has begun to move files, and has not ended. */
export interface UnfinishedUpdate {
  /** "" where that was not known. */
  readonly fromVersion: string;
  readonly toVersion: string;
}

/**
 * The update, repair or rollback that was cut off while it moved files, or is doing so right now; `undefined` where there
 * is none. Until `recoverUpdate` has ended it, files of both versions are there. It writes nothing, and takes no lock.
 * Versions in folders of their own are never half there.
 *
 * @throws `NOT_FOUND` (no such folder), `REPAIR_NEEDED` where its journal is damaged, `UNSAFE_PLACE`, `IO_ERROR`,
 *   `INVALID_ARGUMENT`
 */
export async function unfinishedUpdate(
  root: string,
  options: InstalledVersionOptions = {},
): Promise<UnfinishedUpdate | undefined> {
  const site = parseSite(root, options, installedOptionNames);
  try {
    await checkRoot(site);
    if (!(await checkPrivateFolder(site, site.folder))) return undefined;
    const journal = await readJournal(site, site.journal);
    if (journal === undefined) return undefined;
    const { fromVersion, installed } = journal;
    return Object.freeze({ fromVersion, toVersion: installed.version });
  } catch (error) {
    throw fileFailure(error, site.root);
  }
}
