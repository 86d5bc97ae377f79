import type { CheckedApplyOptions } from "../apply/apply-options.js";
import { type UpdateResult, updateResult } from "../apply/update-result.js";
import type { Update } from "../open-update.js";
import { makePlan } from "../plan/make-plan.js";
import type { UpdateLock } from "../transaction/lock.js";
import type { Site } from "../transaction/site.js";
import { buildVersion } from "./build-version.js";
import { groundVersioned } from "./ground-versioned.js";
import { pruneVersions } from "./prune-versions.js";
import { readPointer } from "./version-pointer.js";

/** Builds the new version's folder beside the old one's, and makes it the current one. The caller holds the lock. */
export async function applyVersioned(
  site: Site,
  lock: UpdateLock,
  updates: readonly Update[],
  options: CheckedApplyOptions,
): Promise<UpdateResult> {
  const pointer = await readPointer(site);
  // What an update that was cut off has left takes up space. Without a pointer nothing tells what it is.
  if (pointer !== undefined) await pruneVersions(site, pointer);
  const ground = await groundVersioned(site, options, pointer);
  const { plan } = await makePlan(ground, updates, options);
  if (plan.alreadyDone) return updateResult(plan, nothing, 0);
  const receivedBytes = await buildVersion(site, lock, { ground, plan, pointer }, options);
  return updateResult(plan, nothing, receivedBytes);
}

/** A pointer is written as one step: there is never anything to recover. */
const nothing = { state: "nothing" } as const;
