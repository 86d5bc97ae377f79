import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PatchError } from "@potassium/core-types";
import { parseBytes } from "../apply/apply-bytes.js";
import { fileProblem } from "../file/file-problem.js";
import type { GeneratePaths } from "./generate-checked.js";

/**
 * Makes a patch of bytes in memory by files in a temporary folder, for generators that work on files.
 *
 * @throws `INVALID_ARGUMENT`, `IO_ERROR`, and what `generate` throws
 */
export async function generateBytes(
  oldBytes: Uint8Array,
  newBytes: Uint8Array,
  generate: (paths: GeneratePaths) => Promise<unknown>,
): Promise<Uint8Array> {
  const [old, next] = [parseBytes(oldBytes, "oldBytes"), parseBytes(newBytes, "newBytes")];
  const folder = await orProblem(mkdtemp(join(tmpdir(), "potassium-diff-")), tmpdir());
  const paths = {
    oldPath: join(folder, "old"),
    newPath: join(folder, "new"),
    patchPath: join(folder, "patch"),
  };
  try {
    await orProblem(writeFile(paths.oldPath, old), paths.oldPath);
    await orProblem(writeFile(paths.newPath, next), paths.newPath);
    await generate(paths);
    return parseBytes(await orProblem(readFile(paths.patchPath), paths.patchPath), "patch");
  } finally {
    // A virus scanner on Windows may hold a file yet. What is left over is no reason to lose the patch, or the error.
    await rm(folder, { recursive: true, force: true, maxRetries: 5 }).catch(() => {});
  }
}

const orProblem = <T>(work: Promise<T>, path: string): Promise<T> =>
  work.catch((error: unknown) => {
    const problem = fileProblem(error, "write", path);
    // Files of our own: nothing that the caller named is missing.
    throw new PatchError("IO_ERROR", problem.message, { cause: error });
  });
