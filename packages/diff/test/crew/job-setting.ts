import { stat } from "node:fs/promises";
import type { InputFile, JobSetting } from "../../src/crew/job.js";
import { indexBytes, indexShape } from "../../src/match/block-index.js";

export async function inputFile(path: string): Promise<InputFile> {
  const { size, mtimeMs } = await stat(path);
  return { path, sizeBytes: size, mtimeMs };
}

/** @param whole - Whether the old file is held in memory; else four pages of it are. */
export async function jobSetting(
  oldPath: string,
  newPath: string,
  whole: boolean,
): Promise<JobSetting> {
  const [old, next] = [await inputFile(oldPath), await inputFile(newPath)];
  const shape = indexShape(old.sizeBytes, 8, 2 ** 20);
  return {
    ...{ old, next, ...shape, pagesBytes: 2 ** 16 },
    index: new SharedArrayBuffer(indexBytes(shape.places)),
    wholeOld: whole ? new SharedArrayBuffer(old.sizeBytes) : undefined,
  };
}
