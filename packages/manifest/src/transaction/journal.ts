import { createHash } from "node:crypto";
import { ManifestError } from "../manifest-error.js";
import { isJournal } from "./is-journal.js";
import type { Installed } from "./operation.js";
import type { PathState } from "./path-state.js";
import { readRecord } from "./read-record.js";
import type { Site } from "./site.js";

/**
 * What is to be done, written down before the first file of the installation is touched. It holds no
 * record of what was done: that is told by the hashes of what stands at the paths.
 */
export interface Journal {
  /** The transaction's own name, 32 hexadecimal digits. */
  readonly id: string;
  readonly fromVersion: string;
  readonly installed: Installed;
  /** What was installed, where it was known. */
  readonly previous?: InstalledRecord | undefined;
  readonly keepBackup: boolean;
  /** What was there is no version: it can only be gone on with. */
  readonly repairs?: boolean | undefined;
  /** One for each path that changes. */
  readonly entries: readonly JournalEntry[];
  /** Folders that must be made, each after its parent. */
  readonly mkdirs: readonly string[];
  /** Folders that go where they are empty, each before its parent. */
  readonly rmdirs: readonly string[];
}

export interface JournalEntry {
  readonly path: string;
  readonly before: PathState;
  readonly after: PathState;
  /** The rights of the file that was there, as 0o640. */
  readonly mode?: number | undefined;
}

/** What is installed. */
export interface InstalledRecord extends Installed {
  /** In place: the transaction that installed it. */
  readonly transaction?: string | undefined;
}

export function formatJournal(journal: Journal): string {
  const text = JSON.stringify(journal);
  return `{"checksum":"${checksum(text)}","journal":${text}}`;
}

/**
 * The journal of a file, or `undefined` where there is none.
 *
 * @throws `REPAIR_NEEDED` where it is damaged
 */
export async function readJournal(site: Site, path: string): Promise<Journal | undefined> {
  const text = await readRecord(site.fs, path, maxJournalBytes);
  if (text === undefined) return undefined;
  const journal = parseJournal(text);
  if (journal !== undefined) return journal;
  const message = `${path} is damaged, so that it can't be told how far an update came: repair the installation`;
  throw new ManifestError("REPAIR_NEEDED", message, { path, problems: [] });
}

function parseJournal(text: string): Journal | undefined {
  try {
    const { checksum: told, journal } = JSON.parse(text) as { checksum: string; journal: unknown };
    if (told !== checksum(JSON.stringify(journal))) return undefined;
    return isJournal(journal) ? journal : undefined;
  } catch {
    return undefined;
  }
}

const checksum = (text: string) => createHash("sha256").update(text).digest("hex");

/** No more fits into a text. */
const maxJournalBytes = 2 ** 29 - 24;
