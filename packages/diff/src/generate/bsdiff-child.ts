/**
 * The program of the child process that makes one patch: only here bsdiff-node's native code is loaded.
 * It gets its job as a message, reports by messages, and is killed when it has said its last word.
 */
import { createRequire } from "node:module";
import type { BsdiffJob, BsdiffReport } from "./bsdiff-job.js";

/** What is used of bsdiff-node. Its callback gets percents; the promise rejects with a text. */
interface BsdiffNode {
  diff(
    oldPath: string,
    newPath: string,
    patchPath: string,
    onPercent: (percent: number) => void,
  ): Promise<unknown>;
}

// The parent has gone. An ordinary exit would wait for the thread that makes the patch.
process.on("disconnect", die);
process.once("message", (job) => void work(job as BsdiffJob));
// It may have gone before this program listened.
if (process.connected !== true) die();

async function work(job: BsdiffJob): Promise<void> {
  let library: BsdiffNode;
  try {
    library = createRequire(import.meta.url)(job.modulePath);
  } catch (error) {
    report({ state: "unloadable", message: messageOf(error) });
    return;
  }
  report({ state: "loaded" });
  let last = 0;
  try {
    await library.diff(job.oldPath, job.newPath, job.patchPath, (percent) => {
      // One call for each match, and on Windows it overflows to negative numbers over 21 MB.
      if (percent <= last || percent >= 100) return;
      last = percent;
      report({ state: "matching", percent });
    });
    report({ state: "done" });
  } catch (error) {
    report({ state: "failed", message: messageOf(error) });
  }
}

function report(message: BsdiffReport): void {
  process.send?.(message, undefined, undefined, () => {});
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function die(): void {
  process.kill(process.pid, "SIGKILL");
}
