import { verifyPatch } from "../apply/verify-patch.js";
import { defaultMaxWindowBytes } from "../engine-options.js";
import { expectApart, expectPlace } from "../file/check-output.js";
import { fileProblem } from "../file/file-problem.js";
import type { FileSystem } from "../file/file-system.js";
import { parsePath } from "../file/parse-path.js";
import { renameFile } from "../file/put-in-place.js";
import { FileSource } from "../source/file-source.js";
import { attemptsFor } from "./attempts.js";
import { looksCompressed } from "./looks-compressed.js";
import { type BestPatch, type ContestPaths, PatchContest } from "./patch-contest.js";
import {
  type GenerateSmallestOptions,
  type GenerateSmallestResult,
  type SmallestSettings,
  smallestSettings,
} from "./smallest-options.js";
import { wholeSize } from "./whole-size.js";

/** Where a patch is not even so much smaller than the new file, it is looked what compressing that whole would give. */
const clearlySmaller = 0.05;

/**
 * Makes the smallest patch that fits into the given memory and time, of those that the contenders make; or tells that the
 * file had better be shipped whole, and then leaves what stands at `patchPath` as it is. The patch that is taken was applied
 * for a check.
 *
 * @throws `NOT_FOUND` (a file, a folder), `INVALID_ARGUMENT`, `IO_ERROR`, the signal's reason
 * @example
 * ```ts
 * const result = await generateSmallest("old.pak", "new.pak", "pak.patch", { maxTimeMs: 60_000 });
 * if (result.outcome === "whole") await copyFile("new.pak", "whole/new.pak");
 * ```
 */
export async function generateSmallest(
  oldPath: string,
  newPath: string,
  patchPath: string,
  options: GenerateSmallestOptions = {},
): Promise<GenerateSmallestResult> {
  const settings = smallestSettings(options);
  const { fs, signal } = settings;
  const paths = { oldPath, newPath, patchPath };
  for (const [field, path] of Object.entries(paths)) parsePath(path, field);
  signal?.throwIfAborted();
  await expectApart(fs, { field: "patchPath", path: patchPath }, [
    { field: "oldPath", path: oldPath },
    { field: "newPath", path: newPath },
  ]);
  await expectPlace(fs, patchPath);
  const next = await FileSource.open(fs, newPath);
  try {
    const result = await choose(paths, next, settings);
    await next.expectUnchanged();
    return Object.freeze(result);
  } finally {
    await next.close();
  }
}

async function choose(
  paths: ContestPaths,
  next: FileSource,
  settings: SmallestSettings,
): Promise<GenerateSmallestResult> {
  const { contenders, maxTimeMs, signal } = settings;
  const isCompressed = await looksCompressed(next);
  await using contest = new PatchContest(paths, settings);
  const hasTimeLimit = maxTimeMs !== Number.POSITIVE_INFINITY;
  for (const attempt of attemptsFor({ contenders, isCompressed, hasTimeLimit })) {
    await contest.enter(attempt);
  }
  const { best, tried } = contest;
  const isClear = best !== undefined && best.patchBytes <= clearlySmaller * next.sizeBytes;
  if (!isClear || settings.wholeBytes !== undefined) {
    const wholeBytes = settings.wholeBytes ?? (await wholeSize(next, signal));
    if (best === undefined || best.patchBytes >= wholeBytes) {
      const reason = best === undefined ? "none-made" : "not-smaller";
      return { outcome: "whole", reason, wholeBytes, isCompressed, tried };
    }
  }
  await putInPlace(paths, best as BestPatch, settings);
  contest.release();
  const { algorithm, patchBytes } = best as BestPatch;
  return { outcome: "patch", algorithm, patchBytes, tried };
}

async function putInPlace(
  { oldPath, newPath, patchPath }: ContestPaths,
  { path }: BestPatch,
  settings: SmallestSettings,
): Promise<void> {
  const { fs, signal } = settings;
  await verifyPatch(oldPath, path, newPath, { ...settings, maxWindowBytes: defaultMaxWindowBytes });
  signal?.throwIfAborted();
  await rename(fs, path, patchPath, signal);
}

const rename = (fs: FileSystem, from: string, to: string, signal: AbortSignal | undefined) =>
  renameFile(fs, from, to, { signal }).catch((error: unknown) => {
    signal?.throwIfAborted();
    throw fileProblem(error, "write", to);
  });
