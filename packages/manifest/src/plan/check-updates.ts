import { invalidArgument } from "../invalid-argument.js";
import type { Update } from "../open-update.js";
import type { PlanUpdateOptions } from "./plan-options.js";

/** Refuses what `openUpdate` has not given. @throws `INVALID_ARGUMENT` */
export function checkUpdates(
  updates: Update | readonly Update[],
  full?: Update,
): readonly Update[] {
  const given = [updates].flat() as readonly Update[];
  for (const [index, update] of given.entries()) {
    if (!isUpdate(update)) throw notOpened(given.length > 1 ? `updates[${index}]` : "updates");
  }
  if (full !== undefined && !isUpdate(full)) throw notOpened("full");
  return given;
}

/** Whether they can install a version where none is: one of them is full, and may be taken. */
export function canInstall(
  updates: readonly Update[],
  { full, force }: Pick<PlanUpdateOptions, "full" | "force">,
): boolean {
  const isFull = ({ manifest }: Update) => manifest.fromVersion === "";
  return force === "chain" ? updates.every(isFull) : full !== undefined || updates.some(isFull);
}

function isUpdate(value: unknown): boolean {
  const { manifest, source, manifestBytes } = (value ?? {}) as Partial<Update>;
  return (
    Array.isArray(manifest?.files) &&
    manifestBytes instanceof Uint8Array &&
    typeof source?.open === "function"
  );
}

const notOpened = (field: string) =>
  invalidArgument(`${field} must be an update that openUpdate has given`, field);
