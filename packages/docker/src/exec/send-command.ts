import { ConsoleLine } from "@potassium/core-types";
import type { KeyedMutex } from "@potassium/core-types/provider-kit";
import { parseNamed } from "../parse-argument.js";
import type { Reached } from "../reached.js";
import { writeConsole } from "./write-console.js";

/**
 * Writes a line to a running server's console, after those that were sent to it before.
 *
 * @throws {DockerError} `NOT_FOUND`, `NOT_RUNNING`, `INVALID_ARGUMENT`
 */
export async function sendCommand(
  { connection, containers, consoles }: Reached & { readonly consoles: KeyedMutex },
  id: string,
  line: string,
  signal: AbortSignal,
): Promise<void> {
  const text = parseNamed(ConsoleLine, line, "line");
  const { inspected } = await containers.requireRunning(id, signal);
  const turn = () => writeConsole(connection, inspected.Id, text, signal);
  await consoles.run(inspected.Id, turn, { signal });
}
