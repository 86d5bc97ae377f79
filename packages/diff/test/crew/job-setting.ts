import { stat } from "node:fs/promises";
import type { InputFile, JobSetting } from "../../src/crew/job.js";
import { indexShape } from "../../src/match/index-shape.js";
import { makeMatcherMemory } from "../../src/match/matcher-memory.js";
import { matcherModule } from "../../src/match/matcher-module.js";

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
  const shape = {
    ...indexShape(old.sizeBytes, 8, 2 ** 20),
    ...{ wholeOld: whole, pagesBytes: 2 ** 16, segmentBytes: 2 ** 20, threads: 8 },
  };
  const memory = makeMatcherMemory({ ...shape, oldBytes: old.sizeBytes });
  return { ...shape, old, next, memory, matcher: await matcherModule() };
}
