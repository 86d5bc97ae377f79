import { hasErrorCode } from "@potassium/core-types";
import type { CheckedApplyOptions } from "../apply/apply-options.js";
import { type UpdateResult, updateResult } from "../apply/update-result.js";
import { unless } from "../fs/file-system-code.js";
import type { Update } from "../open-update.js";
import { makePlan } from "../plan/make-plan.js";
import { checkRepair } from "../plan/select-updates.js";
import type { UpdatePlan } from "../plan/update-plan.js";
import type { UpdateLock } from "../transaction/lock.js";
import type { Site } from "../transaction/site.js";
import { buildVersion } from "./build-version.js";
import { groundVersioned } from "./ground-versioned.js";
import {
  isFolderName,
  readPointer,
  type VersionPointer,
  versionPath,
  versionsFolder,
} from "./version-pointer.js";

/** Builds the version anew beside the damaged one, of what is right of it. The caller holds the lock. */
export async function repairVersioned(
  site: Site,
  lock: UpdateLock,
  full: Update,
  options: CheckedApplyOptions,
): Promise<UpdateResult> {
  const told = await readPointer(site).catch((error: unknown) => {
    if (!hasErrorCode(error, "REPAIR_NEEDED")) throw error;
    return undefined;
  });
  checkRepair(told?.current.installed, full, options);
  const pointer = told ?? (await newestFolder(site));
  const ground = await groundVersioned(site, options, pointer);
  const made = await makePlan(
    { ...ground, installed: undefined, replaceLinks: true },
    full,
    options,
  );
  const plan: UpdatePlan = { ...made.plan, fromVersion: told?.current.installed.version ?? "" };
  const isWhole = told?.current.installed.version === plan.toVersion;
  if (isWhole && plan.operations.length === 0 && plan.blocked.length === 0) {
    return updateResult({ ...plan, alreadyDone: true }, nothing, 0);
  }
  const receivedBytes = await buildVersion(site, lock, { ground, plan, pointer: told }, options);
  return updateResult(plan, nothing, receivedBytes);
}

const nothing = { state: "nothing" } as const;

/** Where nothing tells which version is current, what was built last is of most use. */
async function newestFolder(site: Site): Promise<VersionPointer | undefined> {
  const place = `${site.root}/${versionsFolder}`;
  const names = (await unless(["ENOENT"], () => site.fs.readdir(place))) ?? [];
  let newest: { readonly folder: string; readonly changedMs: number } | undefined;
  for (const folder of names.filter(isFolderName)) {
    const status = await site.fs.lstat(versionPath(site, folder));
    if (!status.isDirectory()) continue;
    if (newest === undefined || status.mtimeMs > newest.changedMs) {
      newest = { folder, changedMs: status.mtimeMs };
    }
  }
  if (newest === undefined) return undefined;
  return { current: { folder: newest.folder, installed: { version: "" } }, previous: [] };
}
