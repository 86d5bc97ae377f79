import { optionNames } from "@potassium/core-types";
import { fileFailure } from "./file-failure.js";
import { readInstalled } from "./transaction/installed.js";
import type { InstalledRecord } from "./transaction/journal.js";
import { parseSite } from "./transaction/parse-site.js";
import { checkPrivateFolder, checkRoot } from "./transaction/private-folders.js";
import type { SiteOptions } from "./transaction/site.js";
import { rootMode } from "./versioned/root-mode.js";
import { readPointer } from "./versioned/version-pointer.js";

export type InstalledVersionOptions = Pick<SiteOptions, "fs" | "system" | "busyTimeoutMs">;

export const installedOptionNames = optionNames<InstalledVersionOptions>({
  fs: true,
  system: true,
  busyTimeoutMs: true,
});

/**
 * Which version is installed, as the last update that was finished wrote it down; `undefined` where none was.
 * An update that was cut off doesn't count before `recoverUpdate`. Of versions in folders of their own: the current one.
 *
 * @throws `NOT_FOUND` (no such folder), `REPAIR_NEEDED` where the record is damaged, `UNSAFE_PLACE`, `IO_ERROR`,
 *   `INVALID_ARGUMENT`
 */
export async function installedVersion(
  root: string,
  options: InstalledVersionOptions = {},
): Promise<InstalledRecord | undefined> {
  const site = parseSite(root, options, installedOptionNames);
  try {
    await checkRoot(site);
    const isOurs = await checkPrivateFolder(site, site.folder);
    if ((await rootMode(site)) === "versioned") {
      const pointer = await readPointer(site);
      return pointer && Object.freeze({ ...pointer.current.installed });
    }
    return isOurs ? await readInstalled(site) : undefined;
  } catch (error) {
    throw fileFailure(error, site.root);
  }
}
