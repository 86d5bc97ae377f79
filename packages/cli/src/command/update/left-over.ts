import type { Update, UpdateResult } from "@potassium/manifest";

/**
 * That files of the old version may stay; `undefined` where the updates tell which go. A full update alone does not, nor
 * does one beside updates from other versions than the installed one.
 */
export function leftOver(
  { fromVersion, toVersion }: Pick<UpdateResult, "fromVersion" | "toVersion">,
  updates: readonly Update[],
): string | undefined {
  if (fromVersion === "" || fromVersion === toVersion) return undefined;
  if (updates.some(({ manifest }) => manifest.fromVersion === fromVersion)) return undefined;
  return `a full update doesn't tell which files ${fromVersion} alone had: they stay, and potassium update verify --extra lists them`;
}
