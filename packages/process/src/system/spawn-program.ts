import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { stat } from "node:fs/promises";
import { processRules } from "./process-rules.js";

export interface ProgramPlace {
  readonly environment: Readonly<Record<string, string>>;
  readonly workingDirectory: string;
}

/** A program that could not be started, with what a shell would give as its exit code. */
export class SpawnError extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode: number, cause: unknown) {
    super(message, { cause });
    this.exitCode = exitCode;
  }
}

/**
 * Starts a program, without a shell, as the first of a process group of its own. Resolves once it
 * runs.
 *
 * @throws {SpawnError} where there is no such program or folder, or it may not be run.
 */
export async function spawnProgram(
  [program = "", ...args]: readonly string[],
  place: ProgramPlace,
): Promise<ChildProcessWithoutNullStreams> {
  try {
    const child = spawn(program, args, {
      cwd: place.workingDirectory,
      env: place.environment,
      // On Windows, which has none, this would open a window.
      detached: processRules().groups,
      windowsHide: true,
    });
    await once(child, "spawn");
    return child;
  } catch (error) {
    throw await explain(error, program, place.workingDirectory);
  }
}

async function explain(error: unknown, program: string, folder: string): Promise<SpawnError> {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  // The system reports a missing folder just like a missing program.
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const quoted = JSON.stringify(program);
  if (!isFolder) return new SpawnError(`there is no folder ${JSON.stringify(folder)}`, 127, error);
  if (code === "ENOENT") return new SpawnError(`there is no program ${quoted}`, 127, error);
  if (code === "EACCES") return new SpawnError(`${quoted} may not be executed`, 126, error);
  const reason = error instanceof Error ? error.message : String(error);
  return new SpawnError(`${quoted} can't be started: ${reason}`, 126, error);
}
