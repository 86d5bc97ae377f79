import { randomBytes } from "node:crypto";
import { invalidArgument } from "../invalid-argument.js";
import { ManifestError } from "../manifest-error.js";
import { forEachBounded } from "../tree/for-each-bounded.js";
import { checkOperations, type Wish } from "./check-operations.js";
import { strangersIn } from "./gone-folder.js";
import type { InstalledRecord, Journal, JournalEntry } from "./journal.js";
import type { Installed, Transaction } from "./operation.js";
import {
  absent,
  type PathState,
  type SeenState,
  sameContent,
  sameState,
  shownState,
} from "./path-state.js";
import type { Places } from "./places.js";
import type { Site } from "./site.js";

/** Files that are read at once. */
const readsAtOnce = 8;

export interface PrepareOptions {
  readonly places: Places;
  readonly previous: InstalledRecord | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onLooked: (path: string, total: number) => void;
}

/**
 * Looks at every path that a transaction touches, and says what is to be done there. It writes nothing.
 *
 * @throws `CONFLICT` where another thing stands than the transaction tells of, `UNSAFE_PLACE`, `INVALID_ARGUMENT`
 */
export async function prepareJournal(
  site: Site,
  transaction: Transaction,
  options: PrepareOptions,
): Promise<Journal> {
  const { operations, keepBackup, repairs, fromVersion } = transaction;
  const wishes = checkOperations(operations);
  const wanted = neededFolders(transaction, wishes);
  const unwanted = pathsOf(transaction, "rmdir").filter((path) => !wanted.has(path));
  const touched = new Set([...wishes.map(({ path }) => path), ...wanted, ...unwanted]);
  const places = options.places.touching(touched, options.signal);
  const going = new Set([...goingPaths(wishes), ...unwanted]);
  const modes = new Map(
    operations.map((operation) => [
      operation.path,
      operation.kind === "write" ? operation.mode : undefined,
    ]),
  );

  // First, so that a folder which is a link is seen as what it is before anything is looked for in it.
  const mkdirs = await missingFolders();
  const entries = new Map<string, JournalEntry>();
  const look = async (wish: Wish) => {
    const entry = await entryOf(wish);
    if (entry !== undefined) entries.set(wish.path, entry);
    options.onLooked(wish.path, wishes.length);
  };
  await forEachBounded(wishes, readsAtOnce, look, options.signal);
  return {
    id: randomBytes(16).toString("hex"),
    fromVersion,
    installed: installedBy(transaction),
    previous: options.previous,
    keepBackup,
    repairs,
    // In the order of the wishes, whichever was read first.
    entries: wishes.flatMap(({ path }) => entries.get(path) ?? []),
    mkdirs,
    rmdirs: await goingFolders(),
  };

  async function entryOf(wish: Wish): Promise<JournalEntry | undefined> {
    const { path } = wish;
    const before = plain(path, await places.look(path));
    // A file that became a folder is on its way already.
    if (before === "folder" && wish.to.kind === "absent" && wanted.has(path)) return undefined;
    if (before === "folder") await checkGone(path);
    const there = before === "folder" ? absent : before;
    const after = afterOf(wish, there, site.windows);
    if (sameState(there, after)) return undefined;
    // A file that has the new content but not its bit is on its way already.
    if (!isExpected(wish, there) && !sameContent(there, after)) throw conflict(wish, there);
    const mode = there.kind === "file" ? await modeOf(path) : undefined;
    return { path, before: there, after, mode: modes.get(path) ?? mode };
  }

  async function modeOf(path: string): Promise<number> {
    return (await site.fs.lstat(`${site.root}/${path}`)).mode & 0o777;
  }

  /** A folder that gives its place to a file must hold nothing that stays. */
  async function checkGone(path: string): Promise<void> {
    if (!unwanted.includes(path)) {
      throw new ManifestError("UNSAFE_PLACE", `${path} is a folder, where a file should be`, {
        path,
      });
    }
    const [stranger] = await strangersIn(site, path, going);
    if (stranger === undefined) return;
    const message = `${stranger} is no part of the update, and its folder must go: move it elsewhere`;
    throw new ManifestError("CONFLICT", message, { path: stranger });
  }

  async function missingFolders(): Promise<readonly string[]> {
    const missing: string[] = [];
    for (const path of [...wanted].sort()) {
      const seen = await places.lookForFolder(path);
      if (seen.kind === "folder" && !("spelled" in seen)) continue;
      if (seen.kind !== "folder" && seen.kind !== "absent" && !going.has(path)) {
        const message = `${path} is ${shownState(seen)}, where a folder is needed`;
        throw new ManifestError("UNSAFE_PLACE", message, { path });
      }
      missing.push(path);
    }
    return missing;
  }

  async function goingFolders(): Promise<readonly string[]> {
    const found: string[] = [];
    for (const path of unwanted.sort().reverse()) {
      if ((await places.look(path)).kind === "folder") found.push(path);
    }
    return found;
  }
}

function installedBy({ toVersion, ...transaction }: Transaction): Installed {
  const { sequence, product, platform, channel, manifestHash } = transaction;
  return { version: toVersion, sequence, product, platform, channel, manifestHash };
}

const pathsOf = ({ operations }: Transaction, kind: "mkdir" | "rmdir") =>
  operations.flatMap((operation) => (operation.kind === kind ? [operation.path] : []));

/** The paths where something goes and nothing comes. */
const goingPaths = (wishes: readonly Wish[]) =>
  wishes.flatMap(({ path, to }) => (to.kind === "absent" ? [path] : []));

/** Every folder that a file, a link or another folder needs. */
function neededFolders(transaction: Transaction, wishes: readonly Wish[]): ReadonlySet<string> {
  const needed = new Set<string>();
  const add = (path: string) => {
    for (let end = path.indexOf("/"); end !== -1; end = path.indexOf("/", end + 1)) {
      needed.add(path.slice(0, end));
    }
  };
  for (const { path, to } of wishes) if (to.kind !== "absent") add(path);
  for (const path of pathsOf(transaction, "mkdir")) {
    add(path);
    needed.add(path);
  }
  for (const { path, to } of wishes) {
    if (to.kind === "absent" || !needed.has(path)) continue;
    throw invalidArgument(`invalid transaction: ${path} is a file and a folder`, "operations");
  }
  return needed;
}

function plain(path: string, seen: SeenState): PathState | "folder" {
  if (seen.kind === "folder") return "folder";
  if (seen.kind !== "special") return seen;
  const message = `${path} is ${shownState(seen)}, where a file should be`;
  throw new ManifestError("UNSAFE_PLACE", message, { path });
}

function afterOf({ to }: Wish, there: PathState, windows: boolean): PathState {
  if (to.kind === "absent") return absent;
  if (to.kind === "link") return { kind: "link", target: to.target ?? "" };
  const before = there.kind === "file" && there.executable;
  return { kind: "file", hash: to.hash ?? "", executable: !windows && (to.executable ?? before) };
}

function isExpected({ from }: Wish, there: PathState): boolean {
  if (from.kind === "file" && there.kind === "file")
    return there.hash === (from.hash ?? there.hash);
  if (from.kind === "link" && there.kind === "link") {
    return there.target === (from.target ?? there.target);
  }
  return from.kind === there.kind;
}

function conflict({ path, from, to }: Wish, there: PathState): ManifestError {
  const expected = from.kind === "file" && from.hash !== undefined ? from.hash : undefined;
  const what =
    expected === undefined
      ? from.kind === "absent"
        ? "nothing"
        : `a ${from.kind}`
      : `a file with the hash ${expected}`;
  const made = to.kind === "file" ? `, nor is it the new one with ${to.hash}` : "";
  const message = `${path} is ${shownState(there)}, where the update expects ${what}${made}`;
  return new ManifestError("CONFLICT", message, {
    path,
    foundHash: there.kind === "file" ? there.hash : undefined,
    expectedHash: expected,
  });
}
