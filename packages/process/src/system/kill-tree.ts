import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { delay } from "@potassium/core-types";
import { findTree, type TreeMark } from "./process-tree.js";

/** How long the system may take to end what was killed; disk waits can hold a process for a while. */
const deadlineMs = 10_000;

/**
 * Kills every process of a tree, and looks again until there is none: one may have started another
 * while it was killed.
 *
 * @returns those that are still there after ten seconds: none, as a rule.
 */
export async function killTree(mark: TreeMark): Promise<number[]> {
  if (process.platform === "win32") return killOnWindows(mark);
  const deadline = performance.now() + deadlineMs;
  for (;;) {
    const pids = await findTree(mark);
    if (pids.length === 0 || performance.now() > deadline) return pids;
    for (const pid of pids) sendSignal(pid, "SIGKILL");
    await delay(5);
  }
}

/** Sends a signal to a process, or with a negative number to a group, if it is still there. */
export function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    // ESRCH: gone. EPERM: it has become another user's, and is beyond our reach.
    if (code !== "ESRCH" && code !== "EPERM") throw error;
  }
}

async function killOnWindows({ group }: TreeMark): Promise<number[]> {
  if (group === undefined) return [];
  // It fails where the process is gone already.
  await promisify(execFile)("taskkill", ["/T", "/F", "/PID", String(group)]).catch(() => {});
  return [];
}
