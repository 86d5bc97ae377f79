import { dirname, resolve } from "node:path";
import { PatchError } from "@potassium/core-types";
import { invalidOption } from "../check-options.js";
import type { FileStatus, FileSystem } from "./file-system.js";

/** A file of a call, by the name of its argument. */
export interface NamedPath {
  readonly field: string;
  readonly path: string;
}

/**
 * Refuses an output that would take the place of an input: the same path, or another one of the same file, by a
 * symbolic or a hard link.
 *
 * @throws `INVALID_ARGUMENT` with the output's field
 */
export async function expectApart(
  fs: FileSystem,
  output: NamedPath,
  inputs: readonly NamedPath[],
): Promise<void> {
  const found = await statusOf(fs, output.path);
  for (const { field, path } of inputs) {
    const same =
      resolve(path) === resolve(output.path) ||
      (found !== undefined && isSameFile(found, await statusOf(fs, path)));
    if (!same) continue;
    const message = `${output.field} is the file of ${field}, which would be lost: ${output.path}`;
    throw invalidOption(output.field, message);
  }
}

/**
 * Refuses an output that a rename would fail for only after all the work, or would replace for good: a device
 * or a pipe. What a symbolic link points to counts.
 *
 * @throws `NOT_FOUND` (its folder is not there), `IO_ERROR` (what stands there is no plain file)
 */
export async function expectPlace(fs: FileSystem, path: string): Promise<void> {
  const found = await statusOf(fs, path);
  if (found !== undefined) {
    if (found.isFile()) return;
    const kind = found.isDirectory() ? "a folder" : "no plain file";
    throw new PatchError("IO_ERROR", `can't write ${path}: it is ${kind}`);
  }
  const folder = dirname(path);
  const problem = await fs.stat(folder).then(
    (status) => (status.isDirectory() ? undefined : "is no folder"),
    // Whatever else is wrong with it, creating the file says it better.
    ({ code }) => (code === "ENOENT" || code === "ENOTDIR" ? "is not there" : undefined),
  );
  if (problem === undefined) return;
  throw new PatchError("NOT_FOUND", `can't write ${path}: the folder ${folder} ${problem}`);
}

const statusOf = (fs: FileSystem, path: string): Promise<FileStatus | undefined> =>
  fs.stat(path).catch(() => undefined);

/** Windows has numbers that a double rounds: files of such may be taken for apart, and never for the same. */
function isSameFile(one: FileStatus, other: FileStatus | undefined): boolean {
  if (other === undefined || !Number.isSafeInteger(one.ino) || one.ino === 0) return false;
  return one.ino === other.ino && one.dev === other.dev;
}
