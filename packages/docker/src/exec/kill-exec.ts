import { readFile } from "node:fs/promises";
import * as z from "zod/mini";
import type { Connection } from "../engine/connection.js";
import { containerPath } from "../engine/engine-request.js";

/** How the processes of an exec are found: its first one's id on the engine's host, and a variable. */
export interface ExecMark {
  readonly pid: number;
  readonly mark: string;
}

/**
 * Kills what an exec has started: engines let it run on when the caller leaves. On the engine's own host
 * by its process id; elsewhere by a shell inside the container, which looks for the mark.
 */
export async function killExec(
  connection: Connection,
  id: string,
  { pid, mark }: ExecMark,
): Promise<void> {
  if (await isMarked(pid, mark)) {
    try {
      process.kill(pid, "SIGKILL");
      return;
    } catch {
      // Not ours to kill; the container's own shell may.
    }
  }
  const script = `for p in /proc/[0-9]*; do if grep -q "POTASSIUM_EXEC=${mark}" $p/environ 2>/dev/null; then kill -9 "\${p#/proc/}"; fi; done`;
  try {
    const { Id } = await connection.client.json(
      { method: "POST", path: containerPath(id, "/exec"), json: { Cmd: ["sh", "-c", script] } },
      z.object({ Id: z.string() }),
    );
    await connection.client.plain({
      method: "POST",
      path: `/exec/${Id}/start`,
      json: { Detach: true },
    });
  } catch {
    // The container has ended, or has no shell: nothing more can be done from here.
  }
}

/** Whether the process is the one: the engine may be on another machine, where the id is another's. */
async function isMarked(pid: number, mark: string): Promise<boolean> {
  if (pid <= 0) return false;
  const environment = await readFile(`/proc/${pid}/environ`, "utf8").catch(() => "");
  return environment.split("\0").includes(`POTASSIUM_EXEC=${mark}`);
}
