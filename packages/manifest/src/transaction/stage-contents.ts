import { constants } from "node:fs";
import { nothingThere, unless } from "../fs/file-system-code.js";
import { syncFolder } from "../fs/sync.js";
import { ManifestError } from "../manifest-error.js";
import { forEachBounded } from "../tree/for-each-bounded.js";
import { courseForward, type Passage } from "./course.js";
import type { Journal, JournalEntry } from "./journal.js";
import { makeDurable } from "./make-durable.js";
import type { Transaction } from "./operation.js";
import { type PathState, sameContent } from "./path-state.js";
import type { Places } from "./places.js";
import { removeTree } from "./remove-tree.js";
import type { Site } from "./site.js";
import type { TransactOptions, WantedContent } from "./transact.js";

/** Files that are proven and made durable at once. */
const filesAtOnce = 8;

export interface StagingOptions extends Pick<TransactOptions, "stage" | "signal"> {
  readonly places: Places;
  readonly transaction: Transaction;
}

/**
 * Has every content that a journal needs put into the stage, proves it by its hash, gives it the rights of the
 * file that it becomes, and makes it last through a power failure.
 *
 * @returns the journal, with the executable bits as this file system keeps them
 * @throws `HASH_MISMATCH` where the caller has put something else there; what was proven stays, to be used again
 */
export async function stageContents(
  site: Site,
  journal: Journal,
  options: StagingOptions,
): Promise<Journal> {
  const { places, signal } = options;
  const firsts = new Map<string, Passage>();
  const copies: Passage[] = [];
  for (const passage of courseForward(site, journal).passages) {
    if (passage.to.kind !== "file") continue;
    if (firsts.has(passage.to.hash)) copies.push(passage);
    else firsts.set(passage.to.hash, passage);
  }
  const contents = [...firsts.values()];
  for (const { take } of [...contents, ...copies]) await makeRoom(site, take);
  await options.stage(wantedOf(contents, options.transaction));
  signal?.throwIfAborted();

  const entries = [...journal.entries];
  const settle = async (passage: Passage) => {
    await prove(site, passage, places);
    const entry = journal.entries[passage.index] as JournalEntry;
    await makeDurable(site, passage.take, modeOf(entry));
    await places.relinked(passage.take);
    entries[passage.index] = { ...entry, after: await prove(site, passage, places) };
  };
  // The copies first: a first one may be made read-only.
  await forEachBounded(copies, filesAtOnce, copy, signal);
  await forEachBounded([...contents, ...copies], filesAtOnce, settle, signal);
  try {
    await syncFolder(site, site.stage);
  } catch (error) {
    // What is in memory of it may never reach the disk, though a second fsync would say that it did.
    await removeTree(site.plainFs, site.stage).catch(() => undefined);
    throw error;
  }
  return { ...journal, entries };

  async function copy({ to, take }: Passage): Promise<void> {
    const first = to.kind === "file" ? firsts.get(to.hash) : undefined;
    if (first === undefined || sameContent(await places.lookAt(take), to)) return;
    await unless(["ENOENT"], () => site.fs.unlink(take));
    const { COPYFILE_EXCL, COPYFILE_FICLONE } = constants;
    await site.fs.copyFile(first.take, take, COPYFILE_EXCL | COPYFILE_FICLONE);
  }
}

function wantedOf(
  contents: readonly Passage[],
  { operations }: Transaction,
): readonly WantedContent[] {
  const sizes = new Map<string, number | undefined>();
  for (const operation of operations) {
    if (operation.kind !== "write") continue;
    sizes.set(operation.newHash, operation.newSize ?? sizes.get(operation.newHash));
  }
  return contents.flatMap(({ to, take }) =>
    to.kind === "file" ? [{ hash: to.hash, sizeBytes: sizes.get(to.hash), path: take }] : [],
  );
}

/** Nothing but a plain file of its own may stand where a content goes. */
async function makeRoom({ fs }: Site, take: string): Promise<void> {
  const status = await unless(nothingThere, () => fs.lstat(take));
  if (status === undefined) return;
  if (status.isDirectory()) return removeTree(fs, take);
  // With a second name it may be a file of the installation, left behind by an update that was cut off at its end.
  if (!status.isFile() || status.nlink > 1) await fs.unlink(take);
}

async function prove(site: Site, { path, to, take }: Passage, places: Places): Promise<PathState> {
  const seen = await places.lookAt(take, path);
  if (seen.kind === "file" && sameContent(seen, to)) return seen;
  if (seen.kind !== "absent" && seen.kind !== "folder") await site.fs.unlink(take);
  const found = seen.kind === "file" ? seen.hash : undefined;
  const expected = to.kind === "file" ? to.hash : undefined;
  const message = `what was made for ${path} has ${found === undefined ? "no content" : `the hash ${found}`} instead of ${expected}`;
  throw new ManifestError("HASH_MISMATCH", message, {
    path,
    foundHash: found,
    expectedHash: expected,
  });
}

/** Its own rights as far as the old file had them, without those to run as somebody else. */
function modeOf({ after, mode }: JournalEntry): number {
  const base = (mode ?? 0o644) & 0o777;
  const executable = after.kind === "file" && after.executable;
  // Who may read it may run it.
  return executable ? base | 0o100 | ((base & 0o444) >> 2) : base & ~0o111;
}
