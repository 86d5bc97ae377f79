import type { LogLine, ServerStatus } from "@potassium/core-types";
import { KeyedMutex } from "@potassium/core-types/provider-kit";
import { serverMark } from "../images/inherited-variables.js";
import type { ServerState } from "../protocol/server-state.js";
import type { SupervisorTask } from "../protocol/supervisor-task.js";
import { runProgram } from "../system/run-program.js";
import { SpawnError } from "../system/spawn-program.js";
import { decideRestart } from "./restart-decision.js";
import { ServerProcess } from "./server-process.js";
import { stopServer } from "./stop-server.js";

export interface SupervisorListeners {
  /** Each change, in order. */
  readonly onState: (state: ServerState) => void;
  readonly onLog: (lines: LogLine[]) => void;
}

type Stopped = Extract<ServerStatus, { state: "stopped" }>;

/** Runs one server: starts and stops it, and starts it again by its restart policy. */
export class Supervisor {
  readonly #task: SupervisorTask;
  readonly #listeners: SupervisorListeners;
  readonly #turn = new KeyedMutex();
  #state: ServerState;
  #server: ServerProcess | undefined;
  #lastEnd: Stopped = { state: "stopped", exitCode: 0, outOfMemory: false };
  #startedAt = 0;
  #stopping = false;
  #killing = false;
  #restarts = 0;
  #restart: NodeJS.Timeout | undefined;

  constructor(task: SupervisorTask, listeners: SupervisorListeners) {
    this.#task = task;
    this.#listeners = listeners;
    this.#state = { status: { state: "created" }, time: now(), willRestart: false, pid: null };
  }

  get state(): ServerState {
    return this.#state;
  }

  /**
   * Starts the server, if it does not run. Resolves once its process runs.
   *
   * @throws {SpawnError}
   */
  start(): Promise<void> {
    return this.#turn.run("", async () => {
      if (this.#server !== undefined) return;
      this.#cancelRestart();
      this.#restarts = 0;
      await this.#start();
    });
  }

  /** Stops the server by its stop policy. Resolves once nothing of it runs. */
  stop(): Promise<void> {
    return this.#turn.run("", () => this.#stop());
  }

  /** Kills the server, also while it is being stopped. Resolves once nothing of it runs. */
  async kill(): Promise<void> {
    this.#killing = true;
    try {
      // Who waits for the grace time of a stop holds the turn: this ends the wait.
      if (this.#stopping) await this.#server?.kill();
      await this.#turn.run("", () => this.#stop());
    } finally {
      this.#killing = false;
    }
  }

  /** Writes a line to the server's console. @returns false where the server does not run. */
  async write(line: string): Promise<boolean> {
    if (this.#server === undefined) return false;
    await this.#server.write(line);
    return true;
  }

  async #start(): Promise<void> {
    if (this.#state.status.state !== "starting") this.#tell({ state: "starting" });
    this.#startedAt = performance.now();
    try {
      const server = await ServerProcess.start(this.#task, this.#listeners.onLog);
      this.#server = server;
      this.#tell({ state: "running", startedAt: now() });
      void server.ended.then((exitCode) => this.#ended(exitCode));
    } catch (error) {
      this.#ended(error instanceof SpawnError ? error.exitCode : 126);
      throw error;
    }
  }

  async #stop(): Promise<void> {
    const server = this.#server;
    this.#stopping = true;
    try {
      if (server !== undefined) {
        this.#tell({ state: "stopping" });
        if (this.#killing) await server.kill();
        else await stopServer(server, { policy: this.#task.stop, exec: this.#exec });
        await server.ended;
      } else if (this.#cancelRestart()) {
        // Between two runs: it stays as the last one ended.
        this.#tell({ state: "stopping" });
        this.#tell(this.#lastEnd);
      }
    } finally {
      this.#stopping = false;
    }
  }

  readonly #exec = (command: readonly string[], timeoutMs: number) => {
    const { environment, workingDirectory, serverId } = this.#task;
    const mark = serverMark(serverId);
    const place = { environment: { ...environment, [mark]: "1" }, workingDirectory };
    return runProgram(command, { place, mark: `${mark}_STOP`, timeoutMs });
  };

  #ended(exitCode: number): void {
    this.#server = undefined;
    this.#lastEnd = { state: "stopped", exitCode, outOfMemory: false, finishedAt: now() };
    const end = { exitCode, ranMs: performance.now() - this.#startedAt, restarts: this.#restarts };
    const { restartPolicy, restartBackOff } = this.#task;
    const decision = this.#stopping
      ? ({ restart: false } as const)
      : decideRestart(restartPolicy, end, restartBackOff);
    this.#tell(this.#lastEnd, decision.restart);
    if (!decision.restart) return;
    this.#tell({ state: "starting" });
    this.#restarts = decision.restarts;
    this.#restart = setTimeout(() => {
      void this.#turn.run("", async () => {
        // Cancelled while it waited for its turn.
        if (this.#restart === undefined) return;
        this.#restart = undefined;
        await this.#start().catch(() => {});
      });
    }, decision.delayMs);
  }

  /** @returns whether there was one to cancel. */
  #cancelRestart(): boolean {
    const pending = this.#restart !== undefined;
    clearTimeout(this.#restart);
    this.#restart = undefined;
    return pending;
  }

  #tell(status: ServerStatus, willRestart = false): void {
    this.#state = { status, time: now(), willRestart, pid: this.#server?.pid ?? null };
    this.#listeners.onState(this.#state);
  }
}

function now(): string {
  return new Date().toISOString();
}
