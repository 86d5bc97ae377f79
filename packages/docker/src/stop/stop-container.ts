import { abortable, defaultStopPolicy, delay, type StopPolicy } from "@potassium/core-types";
import type { Containers, OwnContainer } from "../container/containers.js";
import type { Connection } from "../engine/connection.js";
import { isFailure } from "../engine/engine-failure.js";
import { containerPath } from "../engine/engine-request.js";
import { exec } from "../exec/exec.js";
import { writeConsole } from "../exec/write-console.js";

/**
 * Ends a container by its stop policy: the command, and if it doesn't end by that within the grace time,
 * the signal, and after another grace time the kill. Engines count in whole seconds, so the time after the
 * signal is rounded up.
 */
export async function stopContainer(
  connection: Connection,
  containers: Containers,
  { inspected, wanted }: OwnContainer,
  signal: AbortSignal,
): Promise<void> {
  const id = inspected.Id;
  const { graceMs = defaultStopPolicy.graceMs, command } = wanted.stop ?? {};
  if (command !== undefined && inspected.State.Running) {
    const said = await say(connection, id, command, graceMs, signal);
    if (said) await waitForEnd(containers, id, performance.now() + graceMs, signal);
  }
  const stopping = connection.client.plain({
    method: "POST",
    path: containerPath(id, "/stop"),
    // Podman kills at once where no time is said.
    query: { t: Math.ceil(graceMs / 1000) },
    timeoutMs: graceMs + 60_000,
  });
  try {
    await abortable(stopping, signal);
  } catch (error) {
    if (!isFailure(error, 304, 404)) throw error;
  }
}

/** Whether it could be said: a command that fails gives the server no reason to end. */
async function say(
  connection: Connection,
  id: string,
  command: NonNullable<StopPolicy["command"]>,
  graceMs: number,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    if (command.type === "console") {
      await writeConsole(connection, id, command.line, signal);
      return true;
    }
    const options = { signal, timeoutMs: Math.max(1, graceMs) };
    return (await exec(connection, id, command.command, options)).exitCode === 0;
  } catch {
    signal.throwIfAborted();
    return false;
  }
}

async function waitForEnd(
  containers: Containers,
  id: string,
  deadline: number,
  signal: AbortSignal,
) {
  while (performance.now() < deadline) {
    const found = await containers.find(id, signal);
    if (found === undefined || !found.inspected.State.Running) return;
    await delay(100, { signal });
  }
}
