import { hasErrorCode } from "@potassium/core-types";
import { nothingThere, unless } from "../fs/file-system-code.js";
import { invalidArgument } from "../invalid-argument.js";
import { readInstalled } from "../transaction/installed.js";
import type { Site } from "../transaction/site.js";
import { readPointer, versionsFolder } from "./version-pointer.js";

/** "in-place": the root holds the game's files. "versioned": `current.json`, and each version as a folder of its own. */
export type RootMode = "in-place" | "versioned";

/**
 * How a root is laid out, by what the updater has left there; `undefined` where it hasn't installed anything. Where
 * `current.json` is damaged or lost, the versions' folders tell.
 *
 * @throws `UNSAFE_PLACE`, `IO_ERROR`
 */
export async function rootMode(site: Site): Promise<RootMode | undefined> {
  return (await recordedMode(site)) ?? ((await hasVersions(site)) ? "versioned" : undefined);
}

/**
 * How an update is to be applied: as the root is laid out, and for a first installation as it is given.
 *
 * @throws `INVALID_ARGUMENT` where another mode is given than that of the root
 */
export async function settledMode(site: Site, given: RootMode | undefined): Promise<RootMode> {
  const recorded = await recordedMode(site);
  if (recorded === undefined) return given ?? (await rootMode(site)) ?? "in-place";
  if (given === undefined || given === recorded) return recorded;
  const held = recorded === "versioned" ? "versions in folders of their own" : "a game in place";
  const message = `${site.root} holds ${held}: mode is for the first installation, leave it out`;
  throw invalidArgument(message, "mode");
}

/** The record of an update in place comes before a `current.json`, which a game may have for itself. */
async function recordedMode(site: Site): Promise<RootMode | undefined> {
  if (await isInPlace(site)) return "in-place";
  const pointer = await unless(["REPAIR_NEEDED", "UNSAFE_PLACE"], () => readPointer(site));
  return pointer === undefined ? undefined : "versioned";
}

/** A damaged record is one all the same, and so is the journal of a first installation that was cut off. */
async function isInPlace(site: Site): Promise<boolean> {
  if (await unless(nothingThere, () => site.fs.lstat(site.journal))) return true;
  try {
    return (await readInstalled(site)) !== undefined;
  } catch (error) {
    if (!hasErrorCode(error, "REPAIR_NEEDED")) throw error;
    return true;
  }
}

async function hasVersions({ fs, root }: Site): Promise<boolean> {
  const place = `${root}/${versionsFolder}`;
  const status = await unless(nothingThere, () => fs.lstat(place));
  if (!status?.isDirectory()) return false;
  return (await fs.readdir(place)).some((name) => /-[0-9a-f]{8}$/.test(name));
}
