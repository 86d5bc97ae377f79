import { downloadedBytes } from "../apply/download-folder.js";
import type { Journal } from "../transaction/journal.js";
import type { Installed } from "../transaction/operation.js";
import { absent, type PathState } from "../transaction/path-state.js";
import type { Site } from "../transaction/site.js";
import { freeBytesOf } from "./free-bytes.js";
import type { Ground } from "./make-plan.js";

/**
 * The tree that is updated in place.
 *
 * @param unfinished of an update that was cut off: the plan is of what it will leave.
 */
export async function groundInPlace(
  site: Site,
  installed: Installed | undefined,
  unfinished?: Journal,
): Promise<Ground> {
  const free = await freeBytesOf(site);
  const freeBytes = free === undefined ? undefined : free + (await downloadedBytes(site));
  if (unfinished === undefined) return { mode: "in-place", tree: site, installed, freeBytes };
  const pending = new Map<string, PathState>();
  for (const { path, after } of unfinished.entries) pending.set(path, after);
  for (const path of unfinished.rmdirs) pending.set(path, pending.get(path) ?? absent);
  return { mode: "in-place", tree: site, installed: unfinished.installed, freeBytes, pending };
}
