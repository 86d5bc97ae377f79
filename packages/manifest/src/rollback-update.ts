import { optionNames, shownValue } from "@potassium/core-types";
import { fileFailure } from "./file-failure.js";
import { invalidArgument } from "./invalid-argument.js";
import { withLock } from "./transaction/lock.js";
import { parseSite } from "./transaction/parse-site.js";
import { checkPrivateFolder, checkRoot } from "./transaction/private-folders.js";
import { recoverHeld } from "./transaction/recover.js";
import { nothingToRollBack, rollbackHeld } from "./transaction/rollback.js";
import type { SiteOptions } from "./transaction/site.js";
import { rollbackVersioned } from "./versioned/rollback-versioned.js";
import { rootMode } from "./versioned/root-mode.js";

export interface RollbackUpdateOptions extends SiteOptions {
  /** Which of the kept versions to come back to: see `keptVersions`. In place there is one at most. @default the last of them */
  readonly toVersion?: string | undefined;
}

const names = optionNames<RollbackUpdateOptions>({
  toVersion: true,
  fs: true,
  system: true,
  busyTimeoutMs: true,
  owners: true,
  signal: true,
});

/**
 * Brings back what was installed before the last update, where that kept a backup. It is an update of its own:
 * cut off anywhere, `recoverUpdate` finishes it. It can be done once; then there is nothing to roll back. Of versions
 * in folders of their own any that is kept becomes the current one, by one step; the version that is left stays
 * one to come back to.
 *
 * Before a first installation in place there was nothing, so that its rollback removes the game: where `keptVersions`
 * has "", ask first. After a repair it brings back the files that the repair has replaced.
 *
 * @param root the folder of the installation
 * @returns the version that is there now; "" after the rollback of a first installation in place
 * @throws `NOT_FOUND` where there is no backup, or no such version is kept; `CONFLICT` where a file was changed since the
 *   update, `HASH_MISMATCH` where the backup is damaged; nothing was changed then. `LOCKED`, `REPAIR_NEEDED`,
 *   `UNSAFE_PLACE`, `BUSY`, `NO_SPACE`, `IO_ERROR`, `INVALID_ARGUMENT`; in place also for another `toVersion` than the
 *   previous one
 */
export async function rollbackUpdate(
  root: string,
  options: RollbackUpdateOptions = {},
): Promise<string> {
  const site = parseSite(root, options, names);
  const { toVersion } = options;
  if (toVersion !== undefined && typeof toVersion !== "string") {
    const message = `toVersion must be a version's name, not ${shownValue(toVersion)}`;
    throw invalidArgument(message, "toVersion");
  }
  try {
    await checkRoot(site);
    const isOurs = await checkPrivateFolder(site, site.folder);
    if ((await rootMode(site)) === "versioned") {
      return await withLock(root, options, (lock) => rollbackVersioned(site, lock, toVersion));
    }
    if (!isOurs) throw nothingToRollBack(site);
    return await withLock(root, options, async (lock) => {
      await recoverHeld(site, lock, options);
      return rollbackHeld(site, lock, options);
    });
  } catch (error) {
    throw fileFailure(error, site.root);
  }
}
