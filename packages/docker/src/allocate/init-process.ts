import { readFile } from "node:fs/promises";
import { type AbortOptions, delay } from "@potassium/core-types";
import * as z from "zod/mini";
import type { InspectedContainer } from "../container/engine-container.js";
import type { Connection } from "../engine/connection.js";
import { containerPath } from "../engine/engine-request.js";

/** How long an init process is watched that neither runs its program nor ends. */
const patienceMs = 1000;

/** What a look at a container's first process showed. */
type Look = "init-alone" | "program" | "ended" | "unseen";

/**
 * Waits until a container's init process has started its program. An engine calls a container running as soon as the
 * init process is there; whether there is such a program at all shows only when that tries to become it.
 *
 * @returns whether the program runs, as far as can be seen; where it does not, the init process is ending.
 */
export async function whenProgramRuns(
  connection: Connection,
  inspected: InspectedContainer,
  options: AbortOptions,
): Promise<boolean> {
  const { State, HostConfig } = inspected;
  if (HostConfig.Init !== true) return true;
  // Its restart policy may be at it already.
  if (!State.Running || State.Restarting) return false;
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const seen = await lookHere(connection, State.Pid);
    const look = seen === "unseen" ? await askEngine(connection, inspected.Id, options) : seen;
    if (look !== "init-alone") return look === "program";
    if (performance.now() > deadline) return true;
    await delay(1, options);
  }
}

/** By the kernel's own tables, where the engine is on this machine: that takes no time worth naming. */
async function lookHere({ client }: Connection, pid: number): Promise<Look> {
  if (client.endpoint.kind !== "socket" || process.platform !== "linux" || pid === 0)
    return "unseen";
  try {
    const init = await commandOf(pid);
    // Another's number, where this process sees other numbers than the engine.
    if (init.split("\0")[1] !== "--") return "unseen";
    const children = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8");
    const commands = await Promise.all(children.split(" ").filter(Boolean).map(commandOf));
    return commands.some((command) => command !== "" && command !== init)
      ? "program"
      : "init-alone";
  } catch {
    return "unseen";
  }
}

/** A process that has ended and is still counted has none. */
const commandOf = (pid: number | string) => readFile(`/proc/${pid}/cmdline`, "utf8");

const Processes = z.object({ Processes: z.nullish(z.array(z.array(z.string()))) });

/** By the engine's list of the container's processes. Before it runs its program, an init is there twice. */
async function askEngine(
  { client }: Connection,
  id: string,
  { signal }: AbortOptions,
): Promise<Look> {
  try {
    const path = containerPath(id, "/top");
    const answer = await client.json({ method: "GET", path, signal }, Processes);
    const commands = new Set((answer.Processes ?? []).map((columns) => columns.at(-1)));
    return commands.size > 1 ? "program" : "init-alone";
  } catch {
    signal?.throwIfAborted();
    return "ended";
  }
}

/** Whether an init process says so of its program: Docker's, and Podman's. */
export const saysNotRun = (line: string): boolean =>
  /^\[FATAL tini .*exec .* failed|^(?:ERROR \(catatonit.*)?failed to exec pid1/.test(line);

/** The program that a container's init process is to run, or the container itself without one. */
export function programOf({ Path, Args }: InspectedContainer): string {
  return (Args[0] === "--" ? Args[1] : undefined) ?? Path;
}
