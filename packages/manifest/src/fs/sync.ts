import { fileSystemCode } from "./file-system-code.js";
import type { UpdateFileSystem } from "./update-file-system.js";

/**
 * Makes a folder's entries last through a power failure. Windows refuses it for folders; there it is left
 * out, since what a lost entry leaves is found by its hash.
 */
export async function syncFolder(
  { fs, windows }: { readonly fs: UpdateFileSystem; readonly windows: boolean },
  path: string,
): Promise<void> {
  try {
    const folder = await fs.open(path.endsWith("/") ? path : `${path}/`, "r");
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  } catch (error) {
    const code = windows ? fileSystemCode(error) : undefined;
    if (code === undefined || !refusals.has(code)) throw error;
  }
}

const refusals: ReadonlySet<string> = new Set(["EPERM", "EACCES", "EISDIR", "EBADF", "EINVAL"]);
