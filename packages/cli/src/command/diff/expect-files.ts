import { stat } from "node:fs/promises";
import { usageError } from "../../exit/usage-error.js";

/** Refuses folders, which a patch can't be of. What isn't there is told by the library. */
export async function expectFiles(...paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const found = await stat(path).catch(() => undefined);
    if (found?.isDirectory() !== true) continue;
    throw usageError(`${path} is a folder: patches are of files; update build is for folders`);
  }
}
