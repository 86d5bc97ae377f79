import { Worker } from "node:worker_threads";
import { PatchError, type PatchErrorCode } from "@potassium/core-types";
import type { Crew } from "./crew.js";
import type { Job, JobResult, JobResults, JobSetting } from "./job.js";

/** What a thread says of a job. */
export type WorkerAnswer =
  | { readonly state: "done"; readonly result: JobResult }
  | { readonly state: "failed"; readonly code: unknown; readonly message: string };

interface Order {
  readonly job: Job;
  readonly resolve: (result: never) => void;
  readonly reject: (reason: unknown) => void;
}

/** What of a thread's heap is for what just began to exist. By itself it grows to 48 MB, to be emptied less often: that gains no time here. */
const youngMebibytes = 2;

/** Does the jobs in threads of their own, which begin with the first jobs. */
export class WorkerCrew implements Crew {
  readonly size: number;
  readonly #program: string;
  readonly #setting: JobSetting;
  readonly #signal: AbortSignal | undefined;
  readonly #waiting: Order[] = [];
  readonly #idle: Worker[] = [];
  readonly #all = new Map<Worker, Order | undefined>();
  /** Why nothing more is done. */
  #end: { readonly reason: unknown } | undefined;
  readonly #onAbort = (): void => this.#stop(this.#signal?.reason);

  /** @param program - The built file of `worker.ts`. */
  constructor(
    program: string,
    size: number,
    setting: JobSetting,
    signal?: AbortSignal | undefined,
  ) {
    this.#program = program;
    this.size = size;
    this.#setting = setting;
    this.#signal = signal;
    signal?.addEventListener("abort", this.#onAbort, { once: true });
    if (signal?.aborted) this.#onAbort();
  }

  run<Kind extends Job["kind"]>(job: Extract<Job, { kind: Kind }>): Promise<JobResults[Kind]> {
    return new Promise((resolve, reject) => {
      if (this.#end !== undefined) return reject(this.#end.reason);
      this.#waiting.push({ job, resolve, reject });
      this.#handOut();
    });
  }

  /** Ends the threads, also in the middle of a job. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#signal?.removeEventListener("abort", this.#onAbort);
    this.#stop(new PatchError("IO_ERROR", "the making of the patch was stopped"));
    await Promise.all([...this.#all.keys()].map((worker) => worker.terminate()));
  }

  #handOut(): void {
    while (this.#waiting.length > 0) {
      const worker = this.#idle.pop() ?? this.#hire();
      if (worker === undefined) return;
      const order = this.#waiting.shift() as Order;
      this.#all.set(worker, order);
      worker.postMessage(...asMessage(order.job));
    }
  }

  #hire(): Worker | undefined {
    if (this.#all.size >= this.size) return undefined;
    // Without the parent's options: those of a test runner or a debugger are none of a thread's business.
    const worker = new Worker(this.#program, {
      workerData: this.#setting,
      execArgv: [],
      resourceLimits: { maxYoungGenerationSizeMb: youngMebibytes },
      stdout: false,
    });
    this.#all.set(worker, undefined);
    worker.on("message", (answer: WorkerAnswer) => this.#take(worker, answer));
    worker.on("error", (cause) => {
      const outOfMemory = (cause as NodeJS.ErrnoException).code === "ERR_WORKER_OUT_OF_MEMORY";
      const problem = `a thread that made the patch broke: ${cause.message}`;
      this.#stop(new PatchError(outOfMemory ? "TOO_LARGE" : "IO_ERROR", problem, { cause }));
    });
    worker.on("exit", (code) => {
      this.#stop(new PatchError("IO_ERROR", `a thread that made the patch ended with ${code}`));
    });
    return worker;
  }

  #take(worker: Worker, answer: WorkerAnswer): void {
    const order = this.#all.get(worker);
    this.#all.set(worker, undefined);
    this.#idle.push(worker);
    if (answer.state === "done") {
      order?.resolve(answer.result as never);
    } else {
      const code = (answer.code ?? "IO_ERROR") as PatchErrorCode;
      order?.reject(new PatchError(code, answer.message));
    }
    if (this.#end === undefined) this.#handOut();
  }

  #stop(reason: unknown): void {
    if (this.#end !== undefined) return;
    this.#end = { reason };
    const orders = [...this.#all.values(), ...this.#waiting.splice(0)];
    for (const order of orders) order?.reject(reason);
    for (const worker of this.#all.keys()) void worker.terminate();
  }
}

/** The room of a block is handed over, not copied. */
const asMessage = (job: Job): [job: Job, transfer: ArrayBuffer[]] => [
  job,
  job.kind === "compress" ? [job.room] : [],
];
