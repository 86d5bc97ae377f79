import type { Worker } from "node:worker_threads";
import { onTestFinished } from "vitest";

/** Notes each thread that begins while the test runs. */
export function watchedThreads() {
  const threads: Worker[] = [];
  const note = (worker: Worker): void => void threads.push(worker);
  process.on("worker", note);
  onTestFinished(() => void process.off("worker", note));
  return {
    begun: () => threads.length,
    /** Node takes the number away from a thread that has ended. */
    running: () => threads.filter(({ threadId }) => threadId !== -1).length,
  };
}
