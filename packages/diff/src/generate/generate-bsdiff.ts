import * as nodeFileSystem from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { PatchError, type PatchOptions } from "@potassium/core-types";
import { fileProblem } from "../file/file-problem.js";
import type { FileSystem } from "../file/file-system.js";
import {
  bsdiffMemoryBytes,
  defaultMaxMemoryBytes,
  inMebibytes,
  refuseTooLarge,
} from "./bsdiff-memory.js";
import { childProblem } from "./child-problem.js";
import { findBsdiffChild, findBsdiffNode } from "./find-bsdiff.js";
import { inputSize } from "./input-size.js";
import { runBsdiffChild } from "./run-bsdiff-child.js";

export interface GenerateBsdiffOptions extends PatchOptions {
  /**
   * Files for which bsdiff may need more memory than this are refused. Calls at the same time don't know of
   * each other. @default half of the machine's memory, or of the control group's where that has less
   */
  readonly maxMemoryBytes?: number | undefined;
  /** Looks at the input files and creates the output; the work itself is on the real file system. */
  readonly fs?: FileSystem | undefined;
  /** What to load in the place of bsdiff-node: a test's stand-in. @default "bsdiff-node" */
  readonly library?: string | undefined;
}

/**
 * Writes a BSDIFF40 patch to `temporaryPath`, by bsdiff-node in a child process: it can't be stopped midway,
 * and ends its process when memory runs out. Where this rejects, a part may be left there: the caller removes it.
 *
 * Progress: the phase "match", in bytes of the new file. Nothing is reported while the old file is sorted,
 * which comes first, nor while the matched is compressed.
 *
 * @param temporaryPath - Must not exist.
 * @throws `NOT_FOUND`, `IO_ERROR`, `TOO_LARGE` (over `maxMemoryBytes`, over 2 GiB, out of memory), `ENGINE_UNAVAILABLE`
 *   (bsdiff-node is not installed, not compiled, or crashed)
 */
export async function generateBsdiff(
  oldPath: string,
  newPath: string,
  temporaryPath: string,
  options: GenerateBsdiffOptions = {},
): Promise<void> {
  const { signal, onProgress, maxMemoryBytes = defaultMaxMemoryBytes() } = options;
  const { fs = nodeFileSystem, library = "bsdiff-node" } = options;
  signal?.throwIfAborted();
  const oldBytes = await inputSize(fs, oldPath);
  const newBytes = await inputSize(fs, newPath);
  refuseTooLarge({ oldBytes, newBytes }, maxMemoryBytes);
  const program = findBsdiffChild();
  const modulePath = findBsdiffNode(library);
  await create(fs, temporaryPath);
  if (fs !== nodeFileSystem) await expectOnDisk([oldPath, newPath, temporaryPath]);
  const report = (doneBytes: number) =>
    onProgress?.({ phase: "match", doneBytes, totalBytes: newBytes });
  report(0);
  signal?.throwIfAborted();

  // On Windows bsdiff-node writes paths in the machine's code page, where an unknown letter may become
  // another one. So the path that is written to is short and relative: the folder is set by Node.
  const job = {
    modulePath,
    oldPath: resolve(oldPath),
    newPath: resolve(newPath),
    patchPath: basename(temporaryPath),
  };
  const end = await runBsdiffChild(job, {
    program,
    folder: dirname(resolve(temporaryPath)),
    signal,
    onPercent: (percent) => report(Math.floor((newBytes * percent) / 100)),
  });
  if (end.state !== "done") {
    throw childProblem(end, inMebibytes(bsdiffMemoryBytes(oldBytes, newBytes)));
  }
  report(newBytes);
}

/** bsdiff-node knows no other file system, whatever `fs` is. */
async function expectOnDisk(paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const found = await nodeFileSystem.stat(path).catch(() => undefined);
    if (found !== undefined) continue;
    throw new PatchError(
      "IO_ERROR",
      `bsdiff-node works on the real disk alone, and ${path} is only in the file system of the option fs: use generateBytes()`,
    );
  }
}

/** Where nothing can be written, that is known before the work. And what is there is never overwritten. */
async function create(fs: FileSystem, path: string): Promise<void> {
  try {
    const file = await fs.open(path, "wx");
    await file.close();
  } catch (error) {
    throw fileProblem(error, "write", path);
  }
}
