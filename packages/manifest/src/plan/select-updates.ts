import type { Manifest } from "@potassium/core-types";
import { invalidArgument } from "../invalid-argument.js";
import { ManifestError } from "../manifest-error.js";
import type { Update } from "../open-update.js";
import type { Installed } from "../transaction/operation.js";

export interface SelectOptions {
  /** The full manifest of the newest version. */
  readonly full?: Update | undefined;
  readonly force?: "chain" | "full" | undefined;
  readonly allowDowngrade?: boolean | undefined;
}

/** The updates that lead from what is installed to the newest version. */
export interface SelectedUpdates {
  /** None where only whole files lead there. */
  readonly chain: readonly Update[];
  readonly full?: Update | undefined;
  readonly newest: Update;
  /** The version is installed already. */
  readonly alreadyDone: boolean;
}

/**
 * Finds where in a chain of updates the installation stands.
 *
 * @throws `WRONG_TARGET` where none of them is for what is installed, `DOWNGRADE`, `INVALID_ARGUMENT`
 */
export function selectUpdates(
  updates: Update | readonly Update[],
  installed: Installed | undefined,
  options: SelectOptions,
): SelectedUpdates {
  const given = [updates].flat() as readonly Update[];
  const fulls = given.filter(isFull);
  const chain = given.filter((update) => !isFull(update));
  const full = options.full ?? fulls[0];
  const newest = chain.at(-1) ?? full;
  if (newest === undefined) throw invalidArgument("no update was given", "updates");
  if (fulls.length > 1 || (options.full !== undefined && fulls.length > 0)) {
    throw invalidArgument("more than one full manifest was given", "updates");
  }
  if (full !== undefined && !isFull(full)) {
    throw invalidArgument("is no full manifest: it is from a version", "full");
  }
  checkChain([...chain, ...(full === undefined ? [] : [full])]);
  const selected = { full, newest };
  if (installed !== undefined) {
    checkTarget(installed, newest.manifest);
    if (installed.version === newest.manifest.toVersion) {
      return { ...selected, chain: [], alreadyDone: true };
    }
    if (options.allowDowngrade !== true) checkSequence(installed, newest.manifest);
  }
  return { ...selected, chain: fitting(chain, installed, selected, options), alreadyDone: false };
}

/**
 * Refuses to repair with a full manifest of another product, or with an old one that could pass for a repair.
 *
 * @throws `WRONG_TARGET`, `DOWNGRADE`
 */
export function checkRepair(
  installed: Installed | undefined,
  { manifest }: Update,
  { allowDowngrade }: Pick<SelectOptions, "allowDowngrade">,
): void {
  if (installed === undefined) return;
  checkTarget(installed, manifest);
  const isSame = installed.version === manifest.toVersion;
  if (!isSame && allowDowngrade !== true) checkSequence(installed, manifest);
}

const isFull = ({ manifest }: Update) => manifest.fromVersion === "";

function fitting(
  chain: readonly Update[],
  installed: Installed | undefined,
  { full, newest }: Pick<SelectedUpdates, "full" | "newest">,
  { force }: SelectOptions,
): readonly Update[] {
  if (force === "full" && full === undefined) {
    throw invalidArgument('force is "full", but no full manifest was given', "force");
  }
  const start =
    installed === undefined
      ? 0
      : chain.findIndex(({ manifest }) => manifest.fromVersion === installed.version);
  const fits = start === -1 ? [] : chain.slice(start);
  if (fits.length > 0 || (full !== undefined && force !== "chain")) return fits;
  const versions = chain.map(({ manifest }) => manifest.fromVersion).join(", ");
  const message = `version ${installed?.version ?? "none"} is installed, from which no update leads to ${newest.manifest.toVersion}: there are those from ${versions === "" ? "no version" : versions}`;
  throw new ManifestError("WRONG_TARGET", message, { field: "fromVersion" });
}

/** Each update begins where the one before ended; all are of one product, and a full manifest is of the newest version. */
function checkChain(updates: readonly Update[]): void {
  for (const [index, update] of updates.entries()) {
    const before = updates[index - 1];
    if (before === undefined) continue;
    const { toVersion } = before.manifest;
    const { manifest } = update;
    if (isFull(update) ? manifest.toVersion !== toVersion : manifest.fromVersion !== toVersion) {
      const message = `updates must follow each other: after one to ${toVersion} comes one ${isFull(update) ? `that is the whole of ${manifest.toVersion}` : `from ${manifest.fromVersion}`}`;
      throw invalidArgument(message, isFull(update) ? "full" : `updates[${index}]`);
    }
    checkTarget(before.manifest, manifest);
  }
}

type Target = Pick<Installed, "product" | "platform">;

function checkTarget(known: Target, manifest: Manifest): void {
  for (const field of ["product", "platform"] as const) {
    const [expected, given] = [known[field], manifest[field]];
    if (expected === undefined || given === undefined || expected === given) continue;
    const message = `the update to ${manifest.toVersion} is for the ${field} ${JSON.stringify(given)}, not ${JSON.stringify(expected)}`;
    throw new ManifestError("WRONG_TARGET", message, { field });
  }
}

/** Each channel counts for itself: which one is taken is the launcher's choice, made where it opens the update. */
function checkSequence(installed: Installed, { sequence, channel, toVersion }: Manifest): void {
  if (installed.sequence === undefined) return;
  if (channel !== undefined && installed.channel !== undefined && channel !== installed.channel) {
    return;
  }
  if (sequence !== undefined && sequence > installed.sequence) return;
  const told = sequence === undefined ? "no sequence" : `the sequence ${sequence}`;
  const message = `the update to ${toVersion} has ${told}, not above the installed one's ${installed.sequence}: an old update can't pass for a new one`;
  throw new ManifestError("DOWNGRADE", message, { field: "sequence" });
}
