import { fileFailure } from "../file-failure.js";
import { unless } from "../fs/file-system-code.js";
import { syncFolder } from "../fs/sync.js";
import { writeDurably } from "../fs/write-durably.js";
import { checkVolume } from "./check-volume.js";
import { carryForward, settle, undo } from "./complete.js";
import { touchedPaths } from "./course.js";
import { readInstalled } from "./installed.js";
import { formatJournal, type InstalledRecord, type Journal } from "./journal.js";
import type { UpdateLock } from "./lock.js";
import type { Transaction } from "./operation.js";
import { Places } from "./places.js";
import { prepareJournal } from "./prepare-journal.js";
import { makePrivateFolders } from "./private-folders.js";
import type { Site, SiteOptions } from "./site.js";
import { stageContents } from "./stage-contents.js";

/** A content that must be put into the stage. */
export interface WantedContent {
  /** SHA-256, in hexadecimal. */
  readonly hash: string;
  readonly sizeBytes?: number | undefined;
  /** Absolute. Nothing is there, or a file that is not proven; its folder is there. */
  readonly path: string;
}

export interface TransactionProgress {
  readonly phase: "check" | "commit" | "verify";
  readonly path: string;
  /** Paths that are done, this one with them. */
  readonly donePaths: number;
  readonly totalPaths: number;
}

export interface TransactOptions extends SiteOptions {
  /**
   * Puts every wanted content at its path. Called once, after every old state was looked at and before the
   * journal is written. What it has left at the paths is proven by hash and made durable here.
   */
  readonly stage: (wanted: readonly WantedContent[]) => Promise<void>;
  readonly onProgress?: ((progress: TransactionProgress) => void) | undefined;
  /** Knows hashes of what was seen already, so that nothing is read twice. */
  readonly places?: Places | undefined;
}

/**
 * Carries out everything or nothing. The caller holds the lock and has called `recoverHeld`; only a repair may
 * go on where that throws `REPAIR_NEEDED`: its journal then takes the place of the one that can't be carried out.
 *
 * Until the journal is written nothing in the installation is touched, and what is staged stays for the next
 * call. From then on the signal is no longer heeded; where something fails, all is taken back, or, where that
 * fails too or a torn installation is repaired, left to `recoverHeld`.
 *
 * @throws `CONFLICT`, `UNSAFE_PLACE`, `INVALID_ARGUMENT`, `HASH_MISMATCH`, `LOCKED`, `BUSY`, `NO_SPACE`,
 *   `IO_ERROR`, and what `stage` throws
 */
export async function transact(
  site: Site,
  lock: UpdateLock,
  transaction: Transaction,
  options: TransactOptions,
): Promise<InstalledRecord> {
  try {
    const places = options.places ?? (await openPlaces(site, options));
    const journal = await begin(site, lock, transaction, { ...options, places });
    await carry(site, journal, { ...options, places });
    return await settle(site, journal);
  } catch (error) {
    throw fileFailure(error, site.root);
  }
}

type WithPlaces = TransactOptions & { readonly places: Places };

async function openPlaces(site: Site, { signal }: TransactOptions): Promise<Places> {
  await makePrivateFolders(site, []);
  return Places.open(site, new Set(), signal);
}

/** Up to the commit point: when it returns, the journal is on the disk. */
async function begin(
  site: Site,
  lock: UpdateLock,
  transaction: Transaction,
  options: WithPlaces,
): Promise<Journal> {
  const { places, signal } = options;
  await makePrivateFolders(site, [site.stage, site.backups]);
  let donePaths = 0;
  const prepared = await prepareJournal(site, transaction, {
    places,
    previous: await unless(["REPAIR_NEEDED"], () => readInstalled(site)),
    signal,
    onLooked: (path, totalPaths) =>
      options.onProgress?.({ phase: "check", path, donePaths: ++donePaths, totalPaths }),
  });
  await checkVolume(site, touchedPaths(prepared));
  const journal = await stageContents(site, prepared, { ...options, transaction });
  signal?.throwIfAborted();
  await lock.confirm();
  await commit(site, journal);
  return journal;
}

async function commit(site: Site, journal: Journal): Promise<void> {
  try {
    await writeDurably(site, site.folder, "journal.json", formatJournal(journal));
  } catch (error) {
    // Nothing is touched yet: without a journal all is as before, with one recovery goes on with it. Where something
    // is repaired one must stay, the old or the new one: without it a torn installation would look whole.
    if (!journal.repairs) await site.plainFs.unlink(site.journal).catch(() => undefined);
    await site.plainFs.unlink(`${site.journal}.tmp`).catch(() => undefined);
    await syncFolder({ fs: site.plainFs, windows: site.windows }, site.folder).catch(
      () => undefined,
    );
    throw error;
  }
}

async function carry(site: Site, journal: Journal, options: WithPlaces): Promise<void> {
  const places = options.places.touching(touchedPaths(journal));
  const totalPaths = journal.entries.length;
  const report = (phase: "commit" | "verify") => {
    let donePaths = 0;
    return (path: string) =>
      options.onProgress?.({ phase, path, donePaths: ++donePaths, totalPaths });
  };
  try {
    await carryForward(site, journal, places, {
      onCarried: report("commit"),
      onVerified: report("verify"),
    });
  } catch (error) {
    if (!journal.repairs) await undo(site, journal, places).catch(() => undefined);
    throw error;
  }
}
