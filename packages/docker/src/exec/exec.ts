import { randomUUID } from "node:crypto";
import type { Duplex } from "node:stream";
import {
  defaultMaxOutputBytes,
  delay,
  type ExecOptions,
  type ExecResult,
  hasErrorCode,
} from "@potassium/core-types";
import * as z from "zod/mini";
import { explainRefusal } from "../container/explain-refusal.js";
import { DockerError } from "../docker-error.js";
import type { Connection } from "../engine/connection.js";
import { EngineFailure, isFailure } from "../engine/engine-failure.js";
import { containerPath } from "../engine/engine-request.js";
import { frames } from "../log/frames.js";
import { CappedOutput } from "./capped-output.js";
import { killExec } from "./kill-exec.js";

const Created = z.object({ Id: z.string() });
const Inspected = z.object({
  Running: z.boolean(),
  ExitCode: z.nullish(z.number()),
  Pid: z._default(z.number(), 0),
});

/**
 * Runs a program inside a container.
 *
 * @throws {DockerError} `NOT_FOUND`, `NOT_RUNNING`, `TIMEOUT`, `EXEC_FAILED`
 */
export async function exec(
  connection: Connection,
  id: string,
  command: readonly string[],
  options: ExecOptions = {},
): Promise<ExecResult> {
  const { timeoutMs, signal, maxOutputBytes = defaultMaxOutputBytes } = options;
  const mark = randomUUID();
  const execId = await createExec(connection, id, command, mark, options);
  const socket = await startExec(connection, execId, command, signal);
  const stdout = new CappedOutput(maxOutputBytes);
  const stderr = new CappedOutput(maxOutputBytes);
  const late = new DockerError(
    "TIMEOUT",
    `${command[0]} did not end within ${timeoutMs} ms and was killed`,
  );
  const interruption = interruptible(socket, signal, timeoutMs, late);
  try {
    socket.end(options.stdin ?? "");
    for await (const batch of frames(socket)) {
      for (const { stream, bytes } of batch) (stream === "stdout" ? stdout : stderr).push(bytes);
    }
    interruption.throwIfInterrupted();
  } catch (error) {
    const { Pid } = await inspectExec(connection, execId).catch(() => ({ Pid: 0 }));
    await killExec(connection, id, { pid: Pid, mark });
    interruption.throwIfInterrupted();
    throw error;
  } finally {
    interruption.release();
    socket.destroy();
  }
  const exitCode = await exitCodeOf(connection, id, execId, signal);
  const result = {
    exitCode,
    stdout: stdout.text(),
    stderr: stderr.text(),
    truncated: stdout.truncated || stderr.truncated,
  };
  if (isMissingProgram(result)) {
    throw new DockerError(
      "EXEC_FAILED",
      `${JSON.stringify(command[0])} could not be run: ${result.stdout}${result.stderr}`.trim(),
    );
  }
  return Object.freeze(result);
}

async function createExec(
  { client }: Connection,
  id: string,
  command: readonly string[],
  mark: string,
  { environment = {}, workingDirectory, user, signal }: ExecOptions,
): Promise<string> {
  const json = {
    Cmd: command,
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    Tty: false,
    Env: [
      ...Object.entries(environment).map(([key, value]) => `${key}=${value}`),
      `POTASSIUM_EXEC=${mark}`,
    ],
    ...(workingDirectory === undefined ? {} : { WorkingDir: workingDirectory }),
    ...(user === undefined ? {} : { User: user }),
  };
  try {
    return (
      await client.json({ method: "POST", path: containerPath(id, "/exec"), json, signal }, Created)
    ).Id;
  } catch (error) {
    if (isFailure(error, 404, 409, 500)) throw await explainRefusal(client, id, error, signal);
    throw error;
  }
}

async function startExec(
  { client }: Connection,
  execId: string,
  command: readonly string[],
  signal?: AbortSignal,
): Promise<Duplex> {
  const json = { Detach: false, Tty: false };
  try {
    return await client.upgrade({ method: "POST", path: `/exec/${execId}/start`, json, signal });
  } catch (error) {
    if (!(error instanceof EngineFailure) || !error.says(notRun)) throw error;
    throw new DockerError(
      "EXEC_FAILED",
      `${JSON.stringify(command[0])} could not be run: ${error.reason}`,
      {
        cause: error,
      },
    );
  }
}

function inspectExec({ client }: Connection, execId: string, signal?: AbortSignal) {
  return client.json({ method: "GET", path: `/exec/${execId}/json`, signal }, Inspected);
}

/** Valid only once it no longer runs: before, Docker says null and Podman 0. */
async function exitCodeOf(
  connection: Connection,
  id: string,
  execId: string,
  signal?: AbortSignal,
): Promise<number> {
  try {
    for (;;) {
      const { Running, ExitCode } = await inspectExec(connection, execId, signal);
      if (!Running) return ExitCode ?? 0;
      await delay(20, { signal });
    }
  } catch (error) {
    // Podman forgets what ran in a container when that ends; it may run again by now.
    const forgotten = error instanceof EngineFailure && error.says(/no (?:such )?exec session/i);
    if (forgotten || isFailure(error, 404)) throw new ExecLost(error);
    if (!isFailure(error, 500)) throw error;
    const explained = await explainRefusal(connection.client, id, error, signal);
    throw hasErrorCode(explained, "NOT_RUNNING", "NOT_FOUND") ? new ExecLost(error) : error;
  }
}

/** The container ended while the command ran, or by what it did. */
export class ExecLost extends DockerError {
  constructor(cause: unknown) {
    super("NOT_RUNNING", "the server ended while the command ran", { cause });
  }
}

/** Docker says it on stdout with 126 or 127, Podman on stderr with 127. */
function isMissingProgram({ exitCode, stdout, stderr }: ExecResult): boolean {
  if (exitCode !== 126 && exitCode !== 127) return false;
  return notRun.test(stdout + stderr);
}

const notRun =
  /OCI runtime|executable file not found|exec failed|no such file or directory|permission denied|unable to find (?:user|group)|chdir to cwd/i;

/** Cuts the connection when the signal or the time says so; then tells which it was. */
function interruptible(
  socket: Duplex,
  signal: AbortSignal | undefined,
  timeoutMs: number | undefined,
  late: Error,
) {
  let interrupted: { readonly reason: unknown } | undefined;
  const interrupt = (reason: unknown) => {
    interrupted ??= { reason };
    socket.destroy();
  };
  const onAbort = () => interrupt(signal?.reason);
  signal?.addEventListener("abort", onAbort, { once: true });
  if (signal?.aborted) onAbort();
  const timer = timeoutMs === undefined ? undefined : setTimeout(() => interrupt(late), timeoutMs);
  return {
    throwIfInterrupted() {
      if (interrupted !== undefined) throw interrupted.reason;
    },
    release() {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
    },
  };
}
