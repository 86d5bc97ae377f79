import { type ChildProcess, spawn } from "node:child_process";
import { dirname } from "node:path";
import { type AbortOptions, delay, PatchError, shownValue } from "@potassium/core-types";
import { OutputTail } from "./output-tail.js";

export interface RunToolOptions extends AbortOptions {
  /** How long the program may run, in milliseconds. @default without end */
  readonly timeoutMs?: number | undefined;
}

/** How a program ended, and the last 16 KiB of each of its outputs. */
export interface ToolRun {
  /** `undefined` where a signal ended it. */
  readonly exitCode: number | undefined;
  readonly exitSignal: NodeJS.Signals | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

const maxKeptBytes = 16 * 1024;

/** The longest time that a timer of Node takes; it fires at once where it is given more. */
const maxTimerMs = 2 ** 31 - 1;

/**
 * Runs a program to its end, without a shell and without input. Whatever its exit code is, that is no error here.
 * On an abort or when its time is over it is killed, and the call rejects when it is gone.
 *
 * @param program - Absolute path.
 * @param args - Given as they are. The caller makes paths absolute, so that none of them looks like an option.
 * @throws `ENGINE_UNAVAILABLE` (it can't be started), `TIMEOUT`
 */
export async function runTool(
  program: string,
  args: readonly string[],
  options: RunToolOptions = {},
): Promise<ToolRun> {
  const { signal, timeoutMs } = options;
  parseTimeout(timeoutMs);
  signal?.throwIfAborted();
  const child = await start(program, args, signal);
  let stopped: { readonly reason: unknown } | undefined;
  const stop = (reason: unknown) => {
    stopped ??= { reason };
    // Not its process group: it starts no children, and in a group of its own Ctrl-C would not reach it.
    child.kill("SIGKILL");
    if (hasExited(child)) dropPipes(child);
  };
  const onAbort = () => stop(signal?.reason);
  const timer =
    timeoutMs === undefined
      ? undefined
      : setTimeout(() => stop(timedOut(program, timeoutMs)), Math.min(timeoutMs, maxTimerMs));
  signal?.addEventListener("abort", onAbort, { once: true });
  if (signal?.aborted) onAbort();
  try {
    const run = await ended(child, () => stopped !== undefined);
    if (stopped !== undefined) throw (stopped as { readonly reason: unknown }).reason;
    return run;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
  }
}

type RunningTool = ChildProcess & {
  readonly stdout: NonNullable<ChildProcess["stdout"]>;
  readonly stderr: NonNullable<ChildProcess["stderr"]>;
};

async function start(
  program: string,
  args: readonly string[],
  signal: AbortSignal | undefined,
): Promise<RunningTool> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await tryStart(program, args);
    } catch (error) {
      // Another thread of ours that starts a program inherits, for a moment, the copy that was being written.
      if ((error as NodeJS.ErrnoException).code === "ETXTBSY" && attempt < 100) {
        await delay(10, { signal });
        continue;
      }
      const message = `can't run ${program}: ${(error as Error).message}`;
      throw new PatchError("ENGINE_UNAVAILABLE", message, { cause: error });
    }
  }
}

function tryStart(program: string, args: readonly string[]): Promise<RunningTool> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      // A folder that is there, and not the caller's: Windows looks for libraries in it.
      cwd: dirname(program),
      env: environment(),
      stdio: ["ignore", "pipe", "pipe"],
      windowsHide: true,
    });
    child.once("spawn", () => resolve(child as RunningTool));
    // Later errors are of kill() alone, and how the program ended says the rest.
    child.on("error", reject);
  });
}

/**
 * Nothing of ours: no secrets, and neither LD_PRELOAD nor its like, which would put other code into a program that
 * was checked. Windows programs don't start without SystemRoot.
 */
function environment(): NodeJS.ProcessEnv {
  const { SystemRoot } = process.env;
  return process.platform === "win32" && SystemRoot !== undefined ? { SystemRoot } : {};
}

function ended(child: RunningTool, isStopped: () => boolean): Promise<ToolRun> {
  const stdout = new OutputTail(child.stdout, maxKeptBytes);
  const stderr = new OutputTail(child.stderr, maxKeptBytes);
  return new Promise((resolve) => {
    child.once("exit", () => {
      if (isStopped()) dropPipes(child);
    });
    child.once("close", (exitCode, exitSignal) =>
      resolve({
        exitCode: exitCode ?? undefined,
        exitSignal: exitSignal ?? undefined,
        stdout: stdout.text,
        stderr: stderr.text,
      }),
    );
  });
}

const hasExited = (child: ChildProcess): boolean =>
  child.exitCode !== null || child.signalCode !== null;

/** Whoever else holds the other ends could keep them open for ever. */
function dropPipes(child: RunningTool): void {
  child.stdout.destroy();
  child.stderr.destroy();
}

/** @throws `INVALID_ARGUMENT` */
export function parseTimeout(timeoutMs: unknown): void {
  if (timeoutMs === undefined || (typeof timeoutMs === "number" && timeoutMs > 0)) return;
  const message = `timeoutMs must be a number of milliseconds above 0, not ${shownValue(timeoutMs)}`;
  throw new PatchError("INVALID_ARGUMENT", message, { field: "timeoutMs" });
}

const timedOut = (program: string, timeoutMs: number): PatchError =>
  new PatchError("TIMEOUT", `${program} was not done within ${timeoutMs} ms and was ended`);
