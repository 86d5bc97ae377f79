import { optionNames } from "@potassium/core-types";
import { fileFailure } from "./file-failure.js";
import { nothingThere, unless } from "./fs/file-system-code.js";
import { withLock } from "./transaction/lock.js";
import { parseSite } from "./transaction/parse-site.js";
import { checkPrivateFolder, checkRoot } from "./transaction/private-folders.js";
import { type Recovery, recoverHeld } from "./transaction/recover.js";
import type { SiteOptions } from "./transaction/site.js";

const names = optionNames<SiteOptions>({
  fs: true,
  system: true,
  busyTimeoutMs: true,
  owners: true,
  signal: true,
});

/**
 * Brings an installation out of an update that was cut off, by a loss of power, say: finishes it where it can, and
 * else takes it back. To be called before the game starts; `applyUpdate` calls it by itself. Where no update
 * was cut off, or nothing is installed yet, it changes nothing. Once it has begun to move files it no longer heeds the signal.
 *
 * @param root the folder of the installation
 * @throws `REPAIR_NEEDED` with the `problems` of every path where the update can be neither finished nor taken
 *   back: call `repairInstall`. `NOT_FOUND` (no folder), `LOCKED`, `UNSAFE_PLACE`, `BUSY`, `NO_SPACE`, `IO_ERROR`,
 *   `INVALID_ARGUMENT`
 */
export async function recoverUpdate(root: string, options: SiteOptions = {}): Promise<Recovery> {
  const site = parseSite(root, options, names);
  try {
    // Where there was never an update, or nothing at all yet, none is made to look so.
    const there = await unless(nothingThere, () => site.fs.stat(site.root));
    if (there === undefined) return { state: "nothing" };
    await checkRoot(site);
    if (!(await checkPrivateFolder(site, site.folder))) return { state: "nothing" };
    return await withLock(root, options, (lock) => recoverHeld(site, lock, options));
  } catch (error) {
    throw fileFailure(error, site.root);
  }
}
