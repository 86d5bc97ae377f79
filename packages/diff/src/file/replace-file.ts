import { randomUUID } from "node:crypto";
import { dirname, join } from "node:path";
import { expectPlace } from "./check-output.js";
import { fileProblem } from "./file-problem.js";
import type { FileSystem } from "./file-system.js";
import { renameFile, unlinkFile } from "./put-in-place.js";

/**
 * Puts a new file in the place of `path`, whole or not at all: `write` gets the path of a temporary
 * file beside it, which does not exist yet and which it creates; the rename follows. On any error the
 * temporary file is removed, and what stood at `path` stays.
 *
 * @param signal - Looked at between writing and renaming for the last time, and while a rename is tried again.
 * @throws `NOT_FOUND` (no such folder), `IO_ERROR` (also for a folder or device at `path`), what `write` throws, and the
 *   signal's reason
 */
export async function replaceFile<T>(
  fs: FileSystem,
  path: string,
  write: (temporaryPath: string) => Promise<T>,
  signal?: AbortSignal | undefined,
): Promise<T> {
  await expectPlace(fs, path);
  // Short, whatever the length of the target's own name.
  const temporaryPath = join(dirname(path), `.potassium-${randomUUID().slice(0, 18)}.tmp`);
  try {
    const result = await write(temporaryPath);
    signal?.throwIfAborted();
    await renameFile(fs, temporaryPath, path, { signal }).catch((error: unknown) => {
      signal?.throwIfAborted();
      throw fileProblem(error, "write", path);
    });
    return result;
  } catch (error) {
    await unlinkFile(fs, temporaryPath).catch(() => {});
    throw error;
  }
}
