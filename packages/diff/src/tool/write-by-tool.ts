import * as fs from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { PatchError } from "@potassium/core-types";
import { fileProblem } from "../file/file-problem.js";
import { replaceFile } from "../file/replace-file.js";
import type { OpenTool } from "./open-tool.js";
import { type RunToolOptions, runTool } from "./run-tool.js";
import { toolProblem } from "./tool-problem.js";

export interface ToolJob {
  readonly tool: OpenTool;
  /** Options, then input files, absolute. The output's path is added. */
  readonly args: readonly string[];
  /** Looks at the output, of which it gets the size in bytes, before it is put in its place. */
  readonly check: (temporaryPath: string, sizeBytes: number) => Promise<void>;
}

/**
 * Puts what a program writes in the place of `path`, whole or not at all. Resolves with its size in bytes.
 *
 * @throws `NOT_FOUND` (no such folder), and what `runTool`, `toolProblem` and `check` throw
 */
export async function writeByTool(
  path: string,
  job: ToolJob,
  options: RunToolOptions,
): Promise<number> {
  const place = resolve(path);
  return await replaceFile(
    fs,
    place,
    async (temporaryPath) => {
      await expectWritable(dirname(place), path);
      try {
        const { tool, program } = job.tool;
        const run = await runTool(program, [...job.args, temporaryPath], options);
        if (run.exitCode !== 0) throw toolProblem(tool, run);
        const sizeBytes = await outputBytes(temporaryPath, tool.name);
        await job.check(temporaryPath, sizeBytes);
        await takeMode(temporaryPath, place);
        return sizeBytes;
      } catch (error) {
        // Of inputs that changed under its hands a program may have made a folder tree.
        await fs.rm(temporaryPath, { recursive: true, force: true }).catch(() => {});
        throw error;
      }
    },
    options.signal,
  );
}

/** The program's own words for this are no better than "can't write". */
async function expectWritable(folder: string, path: string): Promise<void> {
  await fs.access(folder, fs.constants.W_OK | fs.constants.X_OK).catch((error: unknown) => {
    throw fileProblem(error, "write", path);
  });
}

async function outputBytes(temporaryPath: string, name: string): Promise<number> {
  // Of a symbolic link too it must not follow.
  const found = await fs.lstat(temporaryPath).catch(() => undefined);
  if (found?.isFile() === true) return found.size;
  const what = found === undefined ? "nothing" : "something that is no file";
  throw new PatchError("IO_ERROR", `${name} said that it was done, but wrote ${what}`);
}

/** A file that takes another's place takes its mode too: an executable stays one. */
async function takeMode(temporaryPath: string, place: string): Promise<void> {
  const replaced = await fs.stat(place).catch(() => undefined);
  if (replaced === undefined) return;
  await fs.chmod(temporaryPath, replaced.mode & 0o777).catch((error: unknown) => {
    throw fileProblem(error, "write", place);
  });
}
