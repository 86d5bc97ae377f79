/** What was cut off in an installation, and what to do about it; `undefined` where nothing was. */
export async function cutOff(root: string): Promise<string | undefined> {
  const { unfinishedUpdate } = await import("@potassium/manifest");
  const { hasErrorCode } = await import("@potassium/core-types");
  try {
    const unfinished = await unfinishedUpdate(root);
    if (unfinished === undefined) return undefined;
    const { toVersion } = unfinished;
    // A rollback of a first installation leads to no version.
    const what = toVersion === "" ? "a rollback" : `an update to ${toVersion}`;
    return `${what}; run potassium update recover ${root}`;
  } catch (error) {
    if (!hasErrorCode(error, "REPAIR_NEEDED")) throw error;
    return "an update whose journal is damaged; run potassium update repair with a full update";
  }
}
