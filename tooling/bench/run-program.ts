import { execFile, execFileSync } from "node:child_process";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** Runs a program to its end; what it says is kept for the error. */
export async function runProgram(
  program: string,
  args: readonly string[],
  cwd?: string,
): Promise<void> {
  await execute(program, args, { cwd, maxBuffer: 2 ** 24, timeout: 600_000 });
}

/**
 * The path of a program: what the variable `POTASSIUM_<NAME>` says, or the name alone where the PATH has it.
 * That it is missing is said loudly, once.
 */
export function findProgram(name: string): string | undefined {
  const program = process.env[`POTASSIUM_${name.toUpperCase()}`] || name;
  if (!found.has(program)) found.set(program, tryProgram(program));
  return found.get(program) === true ? program : undefined;
}

const found = new Map<string, boolean>();

function tryProgram(program: string): boolean {
  try {
    execFileSync(program, ["-V"], { stdio: "pipe", timeout: 10_000 });
  } catch (error) {
    // Any other failure is the program's own: it is there.
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") return true;
    console.error(`no ${program}: nothing is measured beside it`);
    return false;
  }
  return true;
}
