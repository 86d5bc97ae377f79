import { type ApplyUpdateOptions, applyOptionNames } from "../apply/apply-options.js";
import { fileFailure } from "../file-failure.js";
import type { Update } from "../open-update.js";
import { readInstalled } from "../transaction/installed.js";
import { readJournal } from "../transaction/journal.js";
import { checkRootPlace } from "../transaction/root-folder.js";
import { openSite, type Site } from "../transaction/site.js";
import { groundVersioned } from "../versioned/ground-versioned.js";
import { settledMode } from "../versioned/root-mode.js";
import { canInstall, checkUpdates } from "./check-updates.js";
import { groundInPlace } from "./ground-in-place.js";
import { type Ground, makePlan } from "./make-plan.js";
import {
  type CheckedPlanOptions,
  checkPlanOptions,
  checkRoot,
  type PlanUpdateOptions,
} from "./plan-options.js";
import type { UpdatePlan } from "./update-plan.js";

/**
 * Says what `applyUpdate` would do with the same arguments: what is downloaded and written, how much disk it
 * takes, by which engines, and, path by path, why it would be refused. It looks at the paths that the updates touch, and
 * writes nothing. Another program may change the installation after it: `applyUpdate` looks again.
 *
 * @param updates one update; several that follow each other, which become one; a full manifest may be among
 *   them, from which files are taken where that is the smaller download.
 * @param options may be those of `applyUpdate`: what has no bearing on the plan is passed over.
 * @returns with `blocked` empty where it can be applied.
 * @throws `WRONG_TARGET` where no update is for what is installed, `DOWNGRADE`, `INVALID_MANIFEST` where the
 *   updates don't fit together, `REPAIR_NEEDED`, `NOT_FOUND`, `IO_ERROR`, `INVALID_ARGUMENT`
 * @example
 * ```ts
 * const plan = await planUpdate("/games/skywars", update, { engines: [bsdiff, hdiff] });
 * if (plan.blocked.length === 0) console.log(`${plan.downloadBytes} bytes to download`);
 * ```
 */
export async function planUpdate(
  root: string,
  updates: Update | readonly Update[],
  options: PlanUpdateOptions & Omit<ApplyUpdateOptions, keyof PlanUpdateOptions> = {},
): Promise<UpdatePlan> {
  const checked = checkPlanOptions(options, applyOptionNames);
  checkRoot(root);
  const given = checkUpdates(updates, options.full);
  checked.signal?.throwIfAborted();
  const site = openSite(root, checked);
  try {
    await checkRootPlace(site, canInstall(given, options));
    const { plan } = await makePlan(await groundOf(site, checked), given, checked);
    return Object.freeze(plan);
  } catch (error) {
    throw fileFailure(error, root);
  }
}

async function groundOf(site: Site, options: CheckedPlanOptions): Promise<Ground> {
  if ((await settledMode(site, options.mode)) === "versioned")
    return groundVersioned(site, options);
  const unfinished = await readJournal(site, site.journal);
  return groundInPlace(site, await readInstalled(site), unfinished);
}
