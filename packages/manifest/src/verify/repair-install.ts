import { hasErrorCode, optionNames } from "@potassium/core-types";
import {
  type ApplyUpdateOptions,
  type CheckedApplyOptions,
  checkApplyOptions,
} from "../apply/apply-options.js";
import { carryOutPlan } from "../apply/carry-out-plan.js";
import { type UpdateResult, updateResult } from "../apply/update-result.js";
import { fileFailure } from "../file-failure.js";
import { unless } from "../fs/file-system-code.js";
import type { Update } from "../open-update.js";
import { checkUpdates } from "../plan/check-updates.js";
import { groundInPlace } from "../plan/ground-in-place.js";
import { makePlan } from "../plan/make-plan.js";
import { checkRoot } from "../plan/plan-options.js";
import { checkRepair } from "../plan/select-updates.js";
import type { UpdatePlan } from "../plan/update-plan.js";
import { readInstalled } from "../transaction/installed.js";
import { readJournal } from "../transaction/journal.js";
import { type UpdateLock, withLock } from "../transaction/lock.js";
import type { Installed } from "../transaction/operation.js";
import { type Recovery, recoverHeld } from "../transaction/recover.js";
import { openSite, type Site } from "../transaction/site.js";
import { repairVersioned } from "../versioned/repair-versioned.js";
import { rootMode } from "../versioned/root-mode.js";
import { fullManifest } from "./full-manifest.js";
import { leftoversOf } from "./leftovers.js";

export interface RepairInstallOptions
  extends Omit<ApplyUpdateOptions, "engines" | "full" | "force" | "mode" | "replaceModified"> {}

const names = optionNames<RepairInstallOptions>({
  allowDowngrade: true,
  concurrency: true,
  onProgress: true,
  pause: true,
  keepBackup: true,
  keepVersions: true,
  maxUnsizedBytes: true,
  owners: true,
  fs: true,
  system: true,
  busyTimeoutMs: true,
  signal: true,
});

/**
 * Makes an installation what a version's full manifest says: files that are missing or others, links and the
 * bits that let files be run; only what differs is downloaded and replaced, as one transaction. What else is there,
 * as players' own files, stays. It is also what is done about `REPAIR_NEEDED`: an update that was cut off and can't
 * be recovered is given up, and damaged records of it are written anew. Such a repair is never rolled back, and where
 * it fails, `REPAIR_NEEDED` remains until one has succeeded.
 *
 * @param full an update from no version. Its source may be another than the one that it was installed from.
 * @returns with `alreadyDone` where nothing was to be done.
 * @throws `DOWNGRADE` and `WRONG_TARGET` where the manifest is of an older version than the one that is known to be
 *   installed, or of another product; `UNSAFE_PLACE` where a link or no folder stands in the way of a file's folder, or a folder in a file's
 *   place; otherwise as `applyUpdate` does
 */
export async function repairInstall(
  root: string,
  full: Update,
  options: RepairInstallOptions = {},
): Promise<UpdateResult> {
  const checked = { ...checkApplyOptions(options, names), replaceModified: true };
  checkRoot(root);
  checkUpdates(full);
  fullManifest(full);
  checked.signal?.throwIfAborted();
  const site = openSite(root, checked);
  try {
    return await withLock(root, checked, async (lock) =>
      (await rootMode(site)) === "versioned"
        ? repairVersioned(site, lock, full, checked)
        : repairInPlace(site, lock, full, checked),
    );
  } catch (error) {
    throw fileFailure(error, root);
  }
}

async function repairInPlace(
  site: Site,
  lock: UpdateLock,
  full: Update,
  options: CheckedApplyOptions,
): Promise<UpdateResult> {
  const journal = await knownJournal(site);
  const recovery = await recovered(site, lock, options);
  const leftovers = recovery === undefined && journal ? leftoversOf(journal) : undefined;
  const installed = await knownInstalled(site);
  checkRepair(installed, full, options);
  await dropDamagedRollback(site);
  const ground = await groundInPlace(site, undefined);
  const made = await makePlan({ ...ground, leftovers, replaceLinks: true }, full, options);
  const plan: UpdatePlan = { ...made.plan, fromVersion: installed?.version ?? "" };
  const isWhole = recovery !== undefined && installed?.version === plan.toVersion;
  if (isWhole && plan.operations.length === 0 && plan.blocked.length === 0) {
    return updateResult({ ...plan, alreadyDone: true }, recovery, 0);
  }
  // What an update has torn is no version that one could want back.
  const repairs = recovery === undefined;
  const keepBackup = options.keepBackup && !repairs;
  const receivedBytes = await carryOutPlan(
    site,
    lock,
    { ...made, plan },
    { ...options, keepBackup, repairs },
  );
  return updateResult(plan, recovery ?? { state: "nothing" }, receivedBytes);
}

/** `undefined` where an update that was cut off can't be recovered: the repair's own journal takes its place. */
async function recovered(
  site: Site,
  lock: UpdateLock,
  { signal }: CheckedApplyOptions,
): Promise<Recovery | undefined> {
  try {
    return await recoverHeld(site, lock, { signal });
  } catch (error) {
    if (!hasErrorCode(error, "REPAIR_NEEDED")) throw error;
    return undefined;
  }
}

/** `undefined` where there is none that can be read. */
const knownJournal = (site: Site) =>
  unless(["REPAIR_NEEDED"], () => readJournal(site, site.journal));

async function knownInstalled(site: Site): Promise<Installed | undefined> {
  try {
    return await readInstalled(site);
  } catch (error) {
    if (!hasErrorCode(error, "REPAIR_NEEDED")) throw error;
    await site.fs.unlink(site.installed);
    return undefined;
  }
}

async function dropDamagedRollback(site: Site): Promise<void> {
  try {
    await readJournal(site, site.rollback);
  } catch (error) {
    if (!hasErrorCode(error, "REPAIR_NEEDED")) throw error;
    await unless(["ENOENT"], () => site.fs.unlink(site.rollback));
  }
}
