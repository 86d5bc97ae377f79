import { constants } from "node:fs";
import { unless } from "../fs/file-system-code.js";
import { invalidArgument } from "../invalid-argument.js";
import { ManifestError } from "../manifest-error.js";
import { backupFolder, courseForward, type Passage } from "./course.js";
import { readInstalled } from "./installed.js";
import { type Journal, readJournal } from "./journal.js";
import type { UpdateLock } from "./lock.js";
import type { Operation, Transaction } from "./operation.js";
import { sameContent } from "./path-state.js";
import { Places } from "./places.js";
import { checkPrivateFolder } from "./private-folders.js";
import { addName } from "./second-name.js";
import type { Site, SiteOptions } from "./site.js";
import { transact, type WantedContent } from "./transact.js";

/**
 * Undoes the last update, by a transaction in the other direction whose contents are the backup's. The caller
 * holds the lock and has called `recoverHeld`.
 *
 * @returns the version that is there now
 */
export async function rollbackHeld(
  site: Site,
  lock: UpdateLock,
  options: SiteOptions & { readonly toVersion?: string | undefined },
): Promise<string> {
  const { toVersion } = options;
  const journal = await keptJournal(site);
  if (journal === undefined) throw nothingToRollBack(site);
  const kept = versionBefore(journal);
  if (toVersion !== undefined && toVersion !== kept) {
    const message = `${site.root} can be rolled back to ${JSON.stringify(kept)} alone, not to ${JSON.stringify(toVersion)}`;
    throw invalidArgument(message, "toVersion");
  }
  const places = await Places.open(site, new Set(), options.signal);
  const stage = (wanted: readonly WantedContent[]) => bringBack(site, journal, wanted, places);
  const { version } = await transact(site, lock, reversed(journal), { ...options, places, stage });
  return version;
}

/** The journal of the last update, where its backup can be come back to. */
export async function keptJournal(site: Site): Promise<Journal | undefined> {
  const journal = await unless(["REPAIR_NEEDED"], () => readJournal(site, site.rollback));
  const installed = await readInstalled(site);
  return journal !== undefined && installed?.transaction === journal.id ? journal : undefined;
}

/** What was installed before an update; "" where nothing was. */
export const versionBefore = ({ previous, fromVersion }: Journal): string =>
  previous?.version ?? fromVersion;

export const nothingToRollBack = ({ root }: Site) =>
  new ManifestError("NOT_FOUND", `no backup of an earlier version is kept in ${root}`, {
    path: root,
  });

function reversed({
  previous,
  fromVersion,
  installed,
  entries,
  mkdirs,
  rmdirs,
}: Journal): Transaction {
  const { transaction: _, version: toVersion, ...others } = previous ?? { version: fromVersion };
  return {
    ...others,
    fromVersion: installed.version,
    toVersion,
    keepBackup: false,
    operations: [
      ...entries.flatMap(reversedEntry),
      ...mkdirs.map((path) => ({ kind: "rmdir", path }) as const),
      ...rmdirs.map((path) => ({ kind: "mkdir", path }) as const),
    ],
  };
}

function reversedEntry({ path, before, after, mode }: Journal["entries"][number]): Operation[] {
  const [oldHash, oldTarget] = [
    after.kind === "file" ? after.hash : undefined,
    after.kind === "link" ? after.target : undefined,
  ];
  const goes: Operation[] = [];
  if (after.kind === "file" && before.kind !== "file") goes.push({ kind: "delete", path, oldHash });
  if (after.kind === "link" && before.kind !== "link")
    goes.push({ kind: "unlink", path, oldTarget });
  if (before.kind === "file") {
    const { hash: newHash, executable } = before;
    return [...goes, { kind: "write", path, oldHash, newHash, executable, mode }];
  }
  if (before.kind === "link") {
    return [...goes, { kind: "link", path, target: before.target, oldTarget, asItWas: true }];
  }
  return goes;
}

/** Puts the backup's files into the stage, under second names where the system takes them. */
async function bringBack(
  site: Site,
  journal: Journal,
  wanted: readonly WantedContent[],
  places: Places,
): Promise<void> {
  await checkPrivateFolder(site, site.backups);
  await checkPrivateFolder(site, backupFolder(site, journal));
  const kept = new Map<string, Passage>();
  for (const passage of courseForward(site, journal).passages) {
    const { from } = passage;
    if (from.kind === "file" && !kept.has(from.hash)) kept.set(from.hash, passage);
  }
  for (const { hash, path } of wanted) {
    const passage = kept.get(hash);
    const seen = passage && (await places.lookAt(passage.keep));
    if (passage === undefined || !sameContent(seen ?? { kind: "absent" }, passage.from)) {
      const message = `the backup of ${passage?.path ?? hash} is damaged: this update can't be rolled back`;
      throw new ManifestError("HASH_MISMATCH", message, {
        path: passage?.path,
        foundHash: seen?.kind === "file" ? seen.hash : undefined,
        expectedHash: hash,
      });
    }
    await unless(["ENOENT"], () => site.fs.unlink(path));
    if (await addName(site, places, passage.keep, path)) continue;
    await site.fs.copyFile(
      passage.keep,
      path,
      constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE,
    );
  }
}
