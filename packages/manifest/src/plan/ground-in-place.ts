import { downloadedBytes } from "../apply/download-folder.js";
import { unless } from "../fs/file-system-code.js";
import { invalidArgument } from "../invalid-argument.js";
import type { Journal } from "../transaction/journal.js";
import type { Installed } from "../transaction/operation.js";
import { absent, type PathState } from "../transaction/path-state.js";
import type { Site } from "../transaction/site.js";
import { readPointer } from "../versioned/version-pointer.js";
import { freeBytesOf } from "./free-bytes.js";
import type { Ground } from "./make-plan.js";

/**
 * The tree that is updated in place.
 *
 * @param unfinished of an update that was cut off: the plan is of what it will leave.
 * @throws `INVALID_ARGUMENT` where the root holds versions in folders of their own
 */
export async function groundInPlace(
  site: Site,
  installed: Installed | undefined,
  unfinished?: Journal,
): Promise<Ground> {
  await expectNoVersions(site);
  const free = await freeBytesOf(site);
  const freeBytes = free === undefined ? undefined : free + (await downloadedBytes(site));
  if (unfinished === undefined) return { tree: site, installed, freeBytes };
  const pending = new Map<string, PathState>();
  for (const { path, after } of unfinished.entries) pending.set(path, after);
  for (const path of unfinished.rmdirs) pending.set(path, pending.get(path) ?? absent);
  return { tree: site, installed: unfinished.installed, freeBytes, pending };
}

/** Files put beside `current.json` would be found by nobody. A game may have a file of that name for itself. */
async function expectNoVersions(site: Site): Promise<void> {
  const pointer = await unless(["REPAIR_NEEDED", "UNSAFE_PLACE"], () => readPointer(site));
  if (pointer === undefined) return;
  const message = `${site.root} holds versions in folders of their own: give mode "versioned"`;
  throw invalidArgument(message, "mode");
}
