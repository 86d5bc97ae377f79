import { unless } from "../fs/file-system-code.js";
import { syncFolder } from "../fs/sync.js";
import { replaceFile } from "../fs/write-durably.js";
import { ManifestError } from "../manifest-error.js";
import { carryOut } from "./carry-out.js";
import { backupFolder, type Course, courseBack, courseForward, type Passage } from "./course.js";
import { readInstalled, writeInstalled } from "./installed.js";
import { formatJournal, type InstalledRecord, type Journal } from "./journal.js";
import { isDone } from "./passage-state.js";
import { shownState } from "./path-state.js";
import type { Places } from "./places.js";
import { checkPrivateFolder, makePrivateFolders } from "./private-folders.js";
import type { Site } from "./site.js";
import { type SweepOptions, sweep } from "./sweep.js";

export interface CarryProgress {
  readonly onCarried?: ((path: string) => void) | undefined;
  readonly onVerified?: ((path: string) => void) | undefined;
}

/** Brings an installation to where its journal leads. Cut off anywhere, it can be called again. */
export async function carryForward(
  site: Site,
  journal: Journal,
  places: Places,
  { onCarried, onVerified }: CarryProgress = {},
): Promise<void> {
  const course = courseForward(site, journal);
  await makeBackupFolder(site, journal);
  await carryOut(site, course, places, onCarried && (({ path }) => onCarried(path)));
  await verify(course, places, onVerified);
}

async function makeBackupFolder(site: Site, journal: Journal): Promise<void> {
  await makePrivateFolders(site, [site.backups]);
  const folder = backupFolder(site, journal);
  await unless(["EEXIST"], () => site.fs.mkdir(folder));
  await checkPrivateFolder(site, folder);
  if (journal.keepBackup) await syncFolder(site, site.backups);
}

/** Writes down what is installed now, and ends the journal with it. To be called once all is carried. */
export async function settle(site: Site, journal: Journal): Promise<InstalledRecord> {
  const record: InstalledRecord = { ...journal.installed, transaction: journal.id };
  await writeInstalled(site, record);
  if (journal.keepBackup) {
    await replaceFile(site, site.folder, "rollback.json", formatJournal(journal));
  }
  // Before the journal goes: what a power failure leaves of one folder comes in no order.
  await syncFolder(site, site.folder);
  await endJournal(site, { keepContents: false });
  return record;
}

/** Brings all back to as it was before a journal. Cut off anywhere, it can be called again. */
export async function undo(site: Site, journal: Journal, places: Places): Promise<void> {
  const course = courseBack(site, journal);
  await makePrivateFolders(site, [site.stage]);
  await checkPrivateFolder(site, site.backups);
  await checkPrivateFolder(site, backupFolder(site, journal));
  await carryOut(site, course, places);
  await verify(course, places);
  const installed = await unless(["REPAIR_NEEDED"], () => readInstalled(site));
  if (installed?.transaction === journal.id) {
    await writeInstalled(site, journal.previous ?? { version: "" });
    await syncFolder(site, site.folder);
  }
  await endJournal(site, { keepContents: true });
}

async function verify(
  { passages }: Course,
  places: Places,
  onVerified?: (path: string) => void,
): Promise<void> {
  for (const passage of passages) {
    const { path, to } = passage;
    const seen = await places.look(path);
    if (!isDone(seen, passage)) {
      const message = `${path} is ${shownState(seen)} instead of ${shownState(to)}, after it was put there: another program changes it`;
      throw new ManifestError("CONFLICT", message, { path, ...hashesOf(passage, seen) });
    }
    onVerified?.(path);
  }
}

const hashesOf = ({ to }: Passage, seen: Passage["to"] | { readonly kind: string }) => ({
  foundHash: "hash" in seen ? seen.hash : undefined,
  expectedHash: to.kind === "file" ? to.hash : undefined,
});

async function endJournal(site: Site, options: SweepOptions): Promise<void> {
  await unless(["ENOENT"], () => site.fs.unlink(site.journal));
  await syncFolder(site, site.folder);
  // What is left now is in nobody's way, and the next call tries again.
  await sweep(site, options).catch(() => undefined);
}
