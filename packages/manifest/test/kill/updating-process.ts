import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import type { KillMoment, Timeline } from "./timeline.js";
import type { UpdatingEvent, UpdatingJob } from "./updating-program.js";

/** A process that updates an installation, and may be killed meanwhile. */
export class UpdatingProcess {
  readonly #child: ChildProcess;
  readonly #ready: Promise<unknown>;
  readonly #ended: Promise<unknown[]>;

  /** It starts up, and then waits for its job. */
  constructor(program: string) {
    this.#child = fork(program, { execArgv: [] });
    this.#ready = once(this.#child, "message");
    this.#ended = once(this.#child, "exit");
  }

  /** Lets it do its job to the end, and tells when what happened. */
  async measure(job: UpdatingJob): Promise<Timeline> {
    await this.#ready;
    const events: { atMs: number; phase: string }[] = [];
    const start = performance.now();
    this.#child.on("message", (event: UpdatingEvent) => {
      const phase = typeof event === "object" ? event.phase : event;
      events.push({ atMs: performance.now() - start, phase });
      if (event === "done") this.#child.disconnect();
    });
    this.#child.send(job);
    await this.#expectEnd(0, null);
    if (events.at(-1)?.phase !== "done") throw new Error("the update did not come to its end");
    return { events: [{ atMs: 0, phase: "start" }, ...events] };
  }

  /** Kills it while it does its job; at the latest when that is done. @returns whether it was done. */
  async kill(job: UpdatingJob, { event, afterMs }: KillMoment): Promise<"cut off" | "done"> {
    await this.#ready;
    const kill = () => this.#child.kill("SIGKILL");
    let timer: NodeJS.Timeout | undefined;
    let [seen, done] = [0, false];
    const arrive = () => {
      if (seen === event) timer = setTimeout(kill, afterMs);
      seen += 1;
    };
    this.#child.on("message", (message: UpdatingEvent) => {
      if (message === "done") {
        done = true;
        kill();
      } else arrive();
    });
    this.#child.send(job);
    arrive();
    await this.#expectEnd(null, "SIGKILL");
    clearTimeout(timer);
    return done ? "done" : "cut off";
  }

  /** Ends one that had no job. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#ended;
  }

  async #expectEnd(code: number | null, signal: NodeJS.Signals | null): Promise<void> {
    const end = await this.#ended;
    if (end[0] === code && end[1] === signal) return;
    throw new Error(`the process ended with ${end.join(" ")} instead of ${code} ${signal}`);
  }
}
