import { fileFailure } from "../file-failure.js";
import type { Update } from "../open-update.js";
import { canInstall, checkUpdates } from "../plan/check-updates.js";
import { groundInPlace } from "../plan/ground-in-place.js";
import { makePlan } from "../plan/make-plan.js";
import { checkRoot } from "../plan/plan-options.js";
import { readInstalled } from "../transaction/installed.js";
import { type UpdateLock, withLock } from "../transaction/lock.js";
import { recoverHeld } from "../transaction/recover.js";
import { checkRootPlace, makeRoot } from "../transaction/root-folder.js";
import { openSite, type Site } from "../transaction/site.js";
import { applyVersioned } from "../versioned/apply-versioned.js";
import { settledMode } from "../versioned/root-mode.js";
import {
  type ApplyUpdateOptions,
  type CheckedApplyOptions,
  checkApplyOptions,
} from "./apply-options.js";
import { carryOutPlan } from "./carry-out-plan.js";
import { type UpdateResult, updateResult } from "./update-result.js";

/**
 * Brings an installation to a new version, as a whole or not at all. An update that was cut off before is
 * recovered first. Only the paths that the updates touch are looked at; where one of them is not as
 * expected, or the disk too small, it is refused before anything is written. All is downloaded, made and proven
 * beside the installation before the first of its files changes. After an error or an abort the installation
 * is as it was, and what was downloaded is gone on with by the next call. After a loss of power or a kill
 * `recoverUpdate`, or the next call, finishes or takes back what was begun.
 *
 * Applying what is applied already does nothing. Where only a full update leads to the version, it doesn't tell what
 * was there before: its files take the place of whatever files stand at their paths, which the backup keeps.
 *
 * Where a full update, or `full`, is given, it is a first installation if nothing is there: the last folder of `root`
 * is made then, and `mode` says how it is laid out. Afterwards the root tells that.
 *
 * @param updates one update; several that follow each other, which are applied as one; a full manifest may
 *   be among them.
 * @throws `LOCKED` (another updater), `CONFLICT` with both hashes (a file was modified), `UNSAFE_PLACE` (a link or
 *   another thing stands where the update would write), `NO_SPACE`, `WRONG_TARGET`, `DOWNGRADE`, `ENGINE_UNAVAILABLE`,
 *   `HASH_MISMATCH`, `CORRUPT_PATCH`, `TOO_LARGE`, `BUSY`, `REPAIR_NEEDED`, `NOT_FOUND`, `IO_ERROR`, `INVALID_ARGUMENT`, and what
 *   the source throws; an aborted call rejects with `signal.reason`
 * @example
 * ```ts
 * const { toVersion } = await applyUpdate("/games/skywars", update, {
 *   engines: [bsdiff, hdiff],
 *   onProgress: ({ phase, path }) => console.log(phase, path),
 * });
 * ```
 */
export async function applyUpdate(
  root: string,
  updates: Update | readonly Update[],
  options: ApplyUpdateOptions = {},
): Promise<UpdateResult> {
  const checked = checkApplyOptions(options);
  checkRoot(root);
  const given = checkUpdates(updates, options.full);
  checked.signal?.throwIfAborted();
  const site = openSite(root, checked);
  try {
    if (canInstall(given, options)) await makeRoot(site);
    else await checkRootPlace(site, false);
    return await withLock(root, checked, async (lock) =>
      (await settledMode(site, checked.mode)) === "versioned"
        ? applyVersioned(site, lock, given, checked)
        : applyInPlace(site, lock, given, checked),
    );
  } catch (error) {
    throw fileFailure(error, root);
  }
}

async function applyInPlace(
  site: Site,
  lock: UpdateLock,
  updates: readonly Update[],
  options: CheckedApplyOptions,
): Promise<UpdateResult> {
  const { signal } = options;
  const recovery = await recoverHeld(site, lock, { signal });
  const ground = await groundInPlace(site, await readInstalled(site));
  const made = await makePlan(ground, updates, options);
  if (made.plan.alreadyDone) return updateResult(made.plan, recovery, 0);
  const receivedBytes = await carryOutPlan(site, lock, made, options);
  return updateResult(made.plan, recovery, receivedBytes);
}
