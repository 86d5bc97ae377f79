import { randomUUID } from "node:crypto";
import { dirname, join } from "node:path";
import { PatchError } from "@potassium/core-types";
import { fileProblem } from "./file-problem.js";
import type { FileSystem } from "./file-system.js";

/**
 * Puts a new file in the place of `path`, whole or not at all: `write` gets the path of a temporary
 * file beside it, which does not exist yet and which it creates; the rename follows. On any error the
 * temporary file is removed, and what stood at `path` stays.
 *
 * @param check - Called between writing and renaming: the last moment to throw, on an abort for one.
 * @throws `NOT_FOUND` (no such folder), `IO_ERROR`, and what `write` and `check` throw
 */
export async function replaceFile<T>(
  fs: FileSystem,
  path: string,
  write: (temporaryPath: string) => Promise<T>,
  check: () => void = () => {},
): Promise<T> {
  await refuseFolder(fs, path);
  // Short, whatever the length of the target's own name.
  const temporaryPath = join(dirname(path), `.potassium-${randomUUID().slice(0, 18)}.tmp`);
  try {
    const result = await write(temporaryPath);
    check();
    await fs.rename(temporaryPath, path).catch((error: unknown) => {
      throw fileProblem(error, "write", path);
    });
    return result;
  } catch (error) {
    await fs.unlink(temporaryPath).catch(() => {});
    throw error;
  }
}

/** A rename onto an empty folder would fail only after all the work. */
async function refuseFolder(fs: FileSystem, path: string): Promise<void> {
  const found = await fs.stat(path).catch(() => undefined);
  if (found?.isDirectory() === true) {
    throw new PatchError("IO_ERROR", `can't write ${path}: it is a folder`);
  }
}
