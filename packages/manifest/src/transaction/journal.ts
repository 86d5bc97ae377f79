import { createHash } from "node:crypto";
import { relativePathProblem } from "@potassium/core-types";
import { readFile } from "../document/read-file.js";
import { unless } from "../fs/file-system-code.js";
import { ManifestError } from "../manifest-error.js";
import type { Installed } from "./operation.js";
import type { PathState } from "./path-state.js";
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

/** As it stands in `installed.json`. */
export interface InstalledRecord extends Installed {
  /** The transaction that installed it. */
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
  const bytes = await unless(["NOT_FOUND"], () => readFile(site.fs, path, maxJournalBytes));
  if (bytes === undefined) return undefined;
  const journal = parseJournal(Buffer.from(bytes).toString());
  if (journal !== undefined) return journal;
  const message = `${path} is damaged, so that it can't be told how far an update came: repair the installation`;
  throw new ManifestError("REPAIR_NEEDED", message, { path, problems: [] });
}

function parseJournal(text: string): Journal | undefined {
  try {
    const { checksum: told, journal } = JSON.parse(text) as { checksum: string; journal: Journal };
    if (told !== checksum(JSON.stringify(journal)) || !/^[0-9a-f]{32}$/.test(journal.id)) {
      return undefined;
    }
    const paths = [
      ...journal.entries.map(({ path }) => path),
      ...journal.mkdirs,
      ...journal.rmdirs,
    ];
    return paths.every((path) => relativePathProblem(path) === undefined) ? journal : undefined;
  } catch {
    return undefined;
  }
}

const checksum = (text: string) => createHash("sha256").update(text).digest("hex");

const maxJournalBytes = 2 ** 30;
