import { fileSystemCode } from "../fs/file-system-code.js";
import type { Places } from "./places.js";
import type { Site } from "./site.js";

/**
 * Gives a file a second name, where none is there.
 *
 * @returns whether this system takes second names
 */
export async function addName(
  site: Site,
  places: Places,
  existing: string,
  name: string,
): Promise<boolean> {
  try {
    await site.fs.link(existing, name);
  } catch (error) {
    if (refusals.has(fileSystemCode(error) ?? "")) return false;
    throw error;
  }
  await places.relinked(name);
  return true;
}

/** By a file system without hard links, or of a file of another user. */
const refusals: ReadonlySet<string> = new Set([
  "EPERM",
  "EACCES",
  "ENOTSUP",
  "EOPNOTSUPP",
  "ENOSYS",
  "EMLINK",
]);
