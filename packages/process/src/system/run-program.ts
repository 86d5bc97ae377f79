import { once } from "node:events";
import {
  defaultMaxOutputBytes,
  type ExecOptions,
  type ExecResult,
  ProviderError,
} from "@potassium/core-types";
import { CappedText } from "./capped-text.js";
import { killTree } from "./kill-tree.js";
import { exitCodeOf } from "./signals.js";
import { type ProgramPlace, SpawnError, spawnProgram } from "./spawn-program.js";

export interface RunOptions
  extends Pick<ExecOptions, "stdin" | "timeoutMs" | "maxOutputBytes" | "signal"> {
  readonly place: ProgramPlace;
  /** A variable that marks this run's processes, so that all of them can be killed. */
  readonly mark: string;
}

/** How long output may still come after the program's end from children that it left behind. */
const lateOutputMs = 1000;

/**
 * Runs a program to its end. An abort or time-out kills it with all that it started.
 *
 * @throws {ProviderError} `EXEC_FAILED`, `TIMEOUT`
 */
export async function runProgram(
  command: readonly string[],
  options: RunOptions,
): Promise<ExecResult> {
  const { signal, timeoutMs, mark } = options;
  signal?.throwIfAborted();
  const stdout = new CappedText(options.maxOutputBytes ?? defaultMaxOutputBytes);
  const stderr = new CappedText(options.maxOutputBytes ?? defaultMaxOutputBytes);
  const { environment, workingDirectory } = options.place;
  const child = await spawnProgram(command, {
    environment: { ...environment, [mark]: "1" },
    workingDirectory,
  }).catch((error: unknown) => {
    const reason = error instanceof SpawnError ? error.message : String(error);
    throw new ProviderError("EXEC_FAILED", `the command could not be run: ${reason}`, {
      cause: error,
    });
  });
  child.stdout.on("data", (bytes: Uint8Array) => stdout.push(bytes));
  child.stderr.on("data", (bytes: Uint8Array) => stderr.push(bytes));
  // A program that ends without having read its input.
  child.stdin.on("error", () => {});
  child.stdin.end(options.stdin ?? "");

  const closed = once(child, "close");
  const kill = new AbortController();
  const onAbort = () => kill.abort(signal?.reason);
  if (signal?.aborted) onAbort();
  signal?.addEventListener("abort", onAbort, { once: true });
  const timer =
    timeoutMs === undefined
      ? undefined
      : setTimeout(() => kill.abort(timeout(command, timeoutMs)), timeoutMs);
  try {
    const [code, endSignal] = await once(child, "exit", { signal: kill.signal });
    const late = setTimeout(() => {
      child.stdout.destroy();
      child.stderr.destroy();
    }, lateOutputMs);
    await closed.finally(() => clearTimeout(late));
    return Object.freeze({
      exitCode: exitCodeOf(code, endSignal),
      stdout: String(stdout),
      stderr: String(stderr),
      truncated: stdout.truncated || stderr.truncated,
    });
  } catch (error) {
    await killTree({ variable: mark, group: child.pid });
    throw kill.signal.aborted ? kill.signal.reason : error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
  }
}

function timeout(command: readonly string[], timeoutMs: number): ProviderError {
  return new ProviderError(
    "TIMEOUT",
    `${JSON.stringify(command[0])} did not end within ${timeoutMs} ms and was killed`,
  );
}
