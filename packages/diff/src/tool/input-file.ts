import { access, constants, stat } from "node:fs/promises";
import { PatchError } from "@potassium/core-types";
import { fileProblem } from "../file/file-problem.js";

/**
 * The size in bytes of a file that a program is to read. The programs take a folder for a whole tree, and
 * would wait at a pipe, so both are refused before.
 *
 * @throws `NOT_FOUND`, `IO_ERROR` (a folder or a pipe, or not to be read by this user)
 */
export async function inputFileBytes(path: string): Promise<number> {
  try {
    const found = await stat(path);
    if (!found.isFile()) {
      const kind = found.isDirectory() ? "a folder" : "no regular file";
      throw new PatchError("IO_ERROR", `can't read ${path}: it is ${kind}`);
    }
    await access(path, constants.R_OK);
    return found.size;
  } catch (error) {
    throw fileProblem(error, "read", path);
  }
}
