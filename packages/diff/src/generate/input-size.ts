import { PatchError } from "@potassium/core-types";
import { fileProblem } from "../file/file-problem.js";
import type { FileSystem } from "../file/file-system.js";

/**
 * The size of a file that can be read.
 *
 * @throws `NOT_FOUND`, `IO_ERROR` (may not be read, no ordinary file)
 */
export async function inputSize(fs: FileSystem, path: string): Promise<number> {
  try {
    const found = await fs.stat(path);
    // Before it is opened: that would wait for a writer where it is a pipe.
    if (!found.isFile()) {
      const kind = found.isDirectory() ? "a folder" : "no ordinary file";
      throw new PatchError("IO_ERROR", `can't read ${path}: it is ${kind}`);
    }
    const file = await fs.open(path, "r");
    try {
      return (await file.stat()).size;
    } finally {
      await file.close();
    }
  } catch (error) {
    throw fileProblem(error, "read", path);
  }
}
