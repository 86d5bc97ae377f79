import { optionNames } from "@potassium/core-types";
import { fileFailure } from "./file-failure.js";
import { readInstalled } from "./transaction/installed.js";
import type { InstalledRecord } from "./transaction/journal.js";
import { parseSite } from "./transaction/parse-site.js";
import { checkPrivateFolder, checkRoot } from "./transaction/private-folders.js";
import type { SiteOptions } from "./transaction/site.js";

export type InstalledVersionOptions = Pick<SiteOptions, "fs" | "system" | "busyTimeoutMs">;

const names = optionNames<InstalledVersionOptions>({ fs: true, system: true, busyTimeoutMs: true });

/**
 * Which version is installed, as the last update that was finished wrote it down; `undefined` where none was.
 * An update that was cut off doesn't count before `recoverUpdate`.
 *
 * @throws `NOT_FOUND` (no such folder), `REPAIR_NEEDED` where the record is damaged, `UNSAFE_PLACE`, `IO_ERROR`,
 *   `INVALID_ARGUMENT`
 */
export async function installedVersion(
  root: string,
  options: InstalledVersionOptions = {},
): Promise<InstalledRecord | undefined> {
  const site = parseSite(root, options, names);
  try {
    await checkRoot(site);
    if (!(await checkPrivateFolder(site, site.folder))) return undefined;
    return await readInstalled(site);
  } catch (error) {
    throw fileFailure(error, site.root);
  }
}
