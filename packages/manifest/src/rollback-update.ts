import { optionNames } from "@potassium/core-types";
import { fileFailure } from "./file-failure.js";
import { withLock } from "./transaction/lock.js";
import { parseSite } from "./transaction/parse-site.js";
import { checkPrivateFolder, checkRoot } from "./transaction/private-folders.js";
import { recoverHeld } from "./transaction/recover.js";
import { nothingToRollBack, rollbackHeld } from "./transaction/rollback.js";
import type { SiteOptions } from "./transaction/site.js";

const names = optionNames<SiteOptions>({
  fs: true,
  system: true,
  busyTimeoutMs: true,
  owners: true,
  signal: true,
});

/**
 * Brings back what was installed before the last update, where that kept a backup. It is an update of its own:
 * cut off anywhere, `recoverUpdate` finishes it. It can be done once; then there is nothing to roll back.
 *
 * @param root the folder of the installation
 * @returns the version that is there now
 * @throws `NOT_FOUND` where there is no backup, `CONFLICT` where a file was changed since the update,
 *   `HASH_MISMATCH` where the backup is damaged; nothing was changed then. `LOCKED`, `REPAIR_NEEDED`,
 *   `UNSAFE_PLACE`, `BUSY`, `NO_SPACE`, `IO_ERROR`, `INVALID_ARGUMENT`
 */
export async function rollbackUpdate(root: string, options: SiteOptions = {}): Promise<string> {
  const site = parseSite(root, options, names);
  try {
    await checkRoot(site);
    if (!(await checkPrivateFolder(site, site.folder))) throw nothingToRollBack(site);
    return await withLock(root, options, async (lock) => {
      await recoverHeld(site, lock, options);
      return rollbackHeld(site, lock, options);
    });
  } catch (error) {
    throw fileFailure(error, site.root);
  }
}
