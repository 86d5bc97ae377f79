import type { AbortOptions } from "@potassium/core-types";
import { fileFailure } from "../file-failure.js";
import { ManifestError, type PathProblem } from "../manifest-error.js";
import { carryForward, settle, undo } from "./complete.js";
import { courseBack, courseForward, touchedPaths } from "./course.js";
import { type Journal, readJournal } from "./journal.js";
import type { UpdateLock } from "./lock.js";
import { obstaclesOf } from "./obstacles.js";
import { type SeenState, shownState } from "./path-state.js";
import { Places } from "./places.js";
import { checkPrivateFolder, makePrivateFolders } from "./private-folders.js";
import type { Site } from "./site.js";
import { sweep } from "./sweep.js";

/** What had become of an update that was cut off. */
export type Recovery =
  /** None was. */
  | { readonly state: "nothing" }
  /** What updates had left beside the installation was removed; it is whole, as it was. Downloads stay for the next update. */
  | { readonly state: "discarded" }
  /** It is finished now. */
  | { readonly state: "completed"; readonly version: string }
  /** All is as before it. */
  | { readonly state: "undone"; readonly version: string };

/**
 * Brings an installation out of an update that was cut off: goes on with it where every file that it needs is
 * there, by its hash, and else takes it all back. The caller holds the lock. Once it has begun to move files
 * it no longer heeds the signal.
 *
 * @throws `REPAIR_NEEDED` with every path where neither way can be gone; nothing was changed then. `LOCKED`,
 *   `BUSY`, `NO_SPACE`, `IO_ERROR`: call it again
 */
export async function recoverHeld(
  site: Site,
  lock: UpdateLock,
  options: AbortOptions = {},
): Promise<Recovery> {
  try {
    return await recover(site, lock, options);
  } catch (error) {
    throw fileFailure(error, site.root);
  }
}

async function recover(site: Site, lock: UpdateLock, { signal }: AbortOptions): Promise<Recovery> {
  signal?.throwIfAborted();
  if (!(await checkPrivateFolder(site, site.folder))) return { state: "nothing" };
  const journal = await readJournal(site, site.journal);
  if (journal === undefined) {
    const removed = await sweep(site, { keepContents: true });
    return { state: removed === 0 ? "nothing" : "discarded" };
  }
  const places = await Places.open(site, touchedPaths(journal), signal);
  const [forward, back] = [courseForward(site, journal), courseBack(site, journal)];
  const ahead = await obstaclesOf(site, forward, places);
  const mayGoBack = ahead.length > 0 && journal.repairs !== true;
  const behind = mayGoBack ? await obstaclesOf(site, back, places) : [];
  if (behind.length > 0 || (ahead.length > 0 && !mayGoBack))
    throw repairNeeded(site, journal, [...ahead, ...behind]);
  await lock.confirm();
  // From here on it must not stop halfway.
  const unstopped = places.touching(touchedPaths(journal));
  await makePrivateFolders(site, [site.stage]);
  if (ahead.length === 0) {
    await carryForward(site, journal, unstopped);
    await settle(site, journal);
    return { state: "completed", version: journal.installed.version };
  }
  await undo(site, journal, unstopped);
  return { state: "undone", version: journal.fromVersion };
}

function repairNeeded(
  { root }: Site,
  journal: Journal,
  obstacles: readonly { readonly path: string; readonly seen: SeenState | string }[],
): ManifestError {
  const entries = new Map(journal.entries.map((entry) => [entry.path, entry]));
  const problems = new Map<string, PathProblem>();
  for (const { path, seen } of obstacles) {
    const entry = entries.get(path);
    const there = typeof seen === "string" ? seen : `there is ${shownState(seen)}`;
    const wanted =
      entry === undefined
        ? ""
        : `; before the update it was ${shownState(entry.before)}, after it ${shownState(entry.after)}`;
    problems.set(path, { path, problem: `${there}${wanted}` });
  }
  const message = `the update of ${root} to ${journal.installed.version} was cut off and can neither be finished nor taken back, because of ${problems.size} paths: repair the installation`;
  return new ManifestError("REPAIR_NEEDED", message, {
    path: root,
    problems: [...problems.values()],
  });
}
