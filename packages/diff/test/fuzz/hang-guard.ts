import { Worker } from "node:worker_threads";

const deadlineMs = 60_000;

/** Ends the process, loudly, when nothing moves on: a loop without an end would let no timer of its own thread run. */
export interface HangGuard extends AsyncDisposable {
  /** Something moved on: now it is run `number`. */
  at(number: number): void;
}

export function startHangGuard(what: string): HangGuard {
  const shared = new Int32Array(new SharedArrayBuffer(4));
  const program = `
    const { workerData: { shared, what, deadlineMs } } = require("node:worker_threads");
    for (;;) {
      const seen = Atomics.load(shared, 0);
      if (seen < 0) break;
      if (Atomics.wait(shared, 0, seen, deadlineMs) === "timed-out") {
        require("node:fs").writeSync(2, what + ": run " + seen + " does not end\\n");
        process.kill(process.pid, "SIGKILL");
      }
    }`;
  const worker = new Worker(program, { eval: true, workerData: { shared, what, deadlineMs } });
  const ended = new Promise((resolve) => worker.once("exit", resolve));
  const move = (number: number) => {
    Atomics.store(shared, 0, number);
    Atomics.notify(shared, 0);
  };
  return {
    at: move,
    async [Symbol.asyncDispose]() {
      move(-1);
      await ended;
    },
  };
}
