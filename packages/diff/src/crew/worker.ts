// The program of a thread that makes patches: it does what it is sent, and answers.
import { parentPort, workerData } from "node:worker_threads";
import { PatchError } from "@potassium/core-types";
import type { Job, JobSetting } from "./job.js";
import { Workbench } from "./workbench.js";
import type { WorkerAnswer } from "./worker-crew.js";

const bench = new Workbench(workerData as JobSetting);

parentPort?.on("message", (job: Job) => parentPort?.postMessage(...answer(job)));

function answer(job: Job): [answer: WorkerAnswer, transfer: ArrayBuffer[]] {
  try {
    const result = bench.do(job);
    return [{ state: "done", result }, buffersOf(result)];
  } catch (error) {
    const { message, code } = error as Error & { code?: unknown };
    // An error that crosses to another thread is a plain one there.
    return [{ state: "failed", code: error instanceof PatchError ? code : undefined, message }, []];
  }
}

/** What is handed over without a copy. Small buffers may be parts of one that Node hands out in pieces. */
function buffersOf(result: object | undefined): ArrayBuffer[] {
  return Object.values(result ?? {}).flatMap((part) => {
    const buffer: unknown = ArrayBuffer.isView(part) ? part.buffer : part;
    return buffer instanceof ArrayBuffer && buffer.byteLength > 2 ** 16 ? [buffer] : [];
  });
}
