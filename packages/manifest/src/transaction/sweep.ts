import { nothingThere, unless } from "../fs/file-system-code.js";
import { readInstalled } from "./installed.js";
import { readJournal } from "./journal.js";
import { checkPrivateFolder } from "./private-folders.js";
import { emptyFolder, removeTree } from "./remove-tree.js";
import type { Site } from "./site.js";

export interface SweepOptions {
  /** Whether downloads and other contents stay in the stage for the next update. */
  readonly keepContents: boolean;
}

/**
 * Removes what updates have left in the updater's own folder, where no journal is: half of a journal, copies, and
 * backups that no rollback needs.
 *
 * @returns how many were removed
 */
export async function sweep(site: Site, { keepContents }: SweepOptions): Promise<number> {
  const { fs, folder } = site;
  let removed = 0;
  for (const name of await fs.readdir(folder)) {
    if (!name.endsWith(".tmp")) continue;
    await removeTree(fs, `${folder}/${name}`);
    removed += 1;
  }
  const kept = await keptBackup(site);
  if (await checkPrivateFolder(site, site.backups)) {
    removed += await emptyFolder(fs, site.backups, new Set(kept === undefined ? [] : [kept]));
  }
  if (kept === undefined && (await unless(nothingThere, () => fs.lstat(site.rollback)))) {
    await fs.unlink(site.rollback);
    removed += 1;
  }
  if (!(await checkPrivateFolder(site, site.stage))) return removed;
  const contents = keepContents ? await reusable(site) : new Set<string>();
  return removed + (await emptyFolder(fs, site.stage, contents));
}

/** The backup that `rollbackUpdate` takes: that of the update which was the last. */
async function keptBackup(site: Site): Promise<string | undefined> {
  const rollback = await unless(["REPAIR_NEEDED"], () => readJournal(site, site.rollback));
  if (rollback === undefined) return undefined;
  const installed = await unless(["REPAIR_NEEDED"], () => readInstalled(site));
  return installed?.transaction === rollback.id ? rollback.id : undefined;
}

/** All but the copies and links of an update that was cut off, and files that got into the installation already. */
async function reusable({ fs, stage }: Site): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  for (const name of await fs.readdir(stage)) {
    if (/^(?:[0-9a-f]{64}-|link-)/.test(name)) continue;
    const status = await fs.lstat(`${stage}/${name}`);
    if (!status.isFile() || status.nlink === 1) names.add(name);
  }
  return names;
}
