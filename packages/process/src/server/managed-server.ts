import { mkdir, rm } from "node:fs/promises";
import {
  abortable,
  type ExecOptions,
  type ExecResult,
  type LogLine,
  ProviderError,
  type Server,
} from "@potassium/core-types";
import { frozenCopy, OpenCalls, startFailed } from "@potassium/core-types/provider-kit";
import { takeClaim } from "../claim/claim-file.js";
import type { LogWindow } from "../log/log-window.js";
import { releaseClaims } from "../ports/port-claims.js";
import type { ServerState } from "../protocol/server-state.js";
import { damagedMessage } from "./damaged-record.js";
import { execInServer } from "./exec-in-server.js";
import { ReadinessWatch } from "./readiness-watch.js";
import type { EventType, ServerEvents } from "./server-events.js";
import type { ServerFolder } from "./server-folder.js";
import { ServerLog } from "./server-log.js";
import type { ServerRecord } from "./server-record.js";
import { StateCell } from "./state-cell.js";
import { Supervision } from "./supervision.js";

export interface ManagedServerOptions {
  readonly record: ServerRecord;
  readonly folder: ServerFolder;
  readonly events: ServerEvents;
  readonly detached: boolean;
  /** Whether others know of it already: an earlier provider has told them. */
  readonly adopted?: boolean | undefined;
  /** What its supervisor removes with the last server, where the owner can't. */
  readonly temporaryFolder?: string | undefined;
}

/** One server, as its provider deals with it. */
export class ManagedServer {
  readonly record: ServerRecord;
  readonly folder: ServerFolder;
  readonly log: ServerLog;
  /** Starts that wait for readiness; the removal ends them. */
  readonly starts: OpenCalls;
  readonly #options: ManagedServerOptions;
  readonly #state = new StateCell();
  #announced: boolean;
  readonly #supervision: Supervision;
  #watch: ReadinessWatch | undefined;
  #removal: Promise<void> | undefined;

  constructor(options: ManagedServerOptions) {
    this.#options = options;
    this.record = options.record;
    this.folder = options.folder;
    this.#announced = options.adopted ?? false;
    this.log = new ServerLog(options.folder.logs);
    this.#supervision = new Supervision(options.record, options.folder, {
      onState: (state) => this.#onState(state),
      onLoss: (state) => this.#onLoss(state),
      onLog: () => this.log.changed(),
    });
    const message = `server ${JSON.stringify(options.record.name)} was deallocated meanwhile`;
    this.starts = new OpenCalls(() => new ProviderError("NOT_FOUND", message));
  }

  get id(): string {
    return this.record.id;
  }

  /** Whether it outlives its provider. */
  get isDetached(): boolean {
    return this.#options.detached;
  }

  get state(): ServerState {
    return this.#state.value;
  }

  /** A frozen snapshot. */
  snapshot(): Server {
    const { id, name, createdAt, ports, request, hostAddress } = this.record;
    return frozenCopy({
      id,
      name,
      image: request.image,
      status: this.state.status,
      ip: hostAddress,
      networks: {},
      ports: [...ports],
      limits: {},
      labels: request.labels ?? {},
      createdAt,
      warnings: [],
    });
  }

  /** Tells readers of events that it is there now. */
  announce(): void {
    this.#announced = true;
    this.#tell("created");
  }

  /** Starts a supervisor for it. The server itself does not run yet. */
  async launch(detached = this.#options.detached): Promise<void> {
    const { temporaryFolder } = this.#options;
    await mkdir(this.folder.files, { recursive: true });
    this.#state.set(await this.#supervision.launch({ detached, temporaryFolder }));
    if (this.log.isFollowed) await this.#supervision.ask("follow-log");
  }

  /** Finds its supervisor again, or cleans up after it. */
  async adopt(): Promise<void> {
    this.#state.set(await this.#supervision.find());
  }

  /**
   * Starts it, and waits until it is ready.
   *
   * @throws {ProviderError} `START_FAILED`, `NOT_READY`
   */
  async start(signal: AbortSignal): Promise<void> {
    const { name } = this.record;
    signal.throwIfAborted();
    this.#endWatch();
    await abortable(this.#supervision.ask("start"), signal).catch((error: unknown) => {
      throw error instanceof ProviderError && error.code === "START_FAILED"
        ? new ProviderError("START_FAILED", `server ${JSON.stringify(name)}: ${error.message}`, {
            cause: error,
          })
        : error;
    });
    await abortable(this.#watch?.ready ?? Promise.resolve(), signal);
    const { status, willRestart } = this.state;
    if (status.state !== "stopped" || willRestart) return;
    throw startFailed(name, status.exitCode, await this.log.read({ ...all, tail: 10 }));
  }

  /** Stops it, if it runs, and starts it again. */
  async restart(signal: AbortSignal): Promise<void> {
    if (this.record.damaged) throw new ProviderError("START_FAILED", damagedMessage);
    if (await this.#supervision.isThere()) {
      await abortable(this.#supervision.ask("stop"), signal);
    } else {
      await this.#relaunch();
    }
    await this.start(signal);
  }

  /** From now on it outlives this process. */
  detach(): Promise<void> {
    return this.#supervision.ask("detach");
  }

  /** @throws {ProviderError} `NOT_RUNNING`, `UNAVAILABLE` */
  async write(line: string): Promise<void> {
    await this.#supervision.write(line).catch((error: unknown) => {
      throw this.state.pid === null ? this.notRunning() : error;
    });
  }

  /** @throws {ProviderError} `NOT_RUNNING`, `EXEC_FAILED`, `TIMEOUT`, `INVALID_ARGUMENT` */
  async exec(command: readonly string[], options: ExecOptions): Promise<ExecResult> {
    this.requireRunning();
    return execInServer(this.record, this.folder, command, options);
  }

  requireRunning(): void {
    if (this.state.pid === null) throw this.notRunning();
  }

  /** The error for what needs a server that runs. */
  notRunning(): ProviderError {
    const { name } = this.record;
    return new ProviderError(
      "NOT_RUNNING",
      `server ${JSON.stringify(name)} does not run: it is ${this.state.status.state}`,
    );
  }

  /** Its output so far and from now on, until it is removed. */
  followLog(window: LogWindow, signal?: AbortSignal): AsyncIterable<LogLine> {
    return this.log.follow(window, signal, async () => {
      // Where there is no supervisor, there is nothing to come until the next one is launched.
      await this.#supervision.ask("follow-log").catch(() => {});
    });
  }

  readLog(window: LogWindow): Promise<readonly LogLine[]> {
    return this.log.read(window);
  }

  /** Resolves with the exit code when it has ended and won't be started again by itself. */
  async ended(signal?: AbortSignal): Promise<number> {
    const { status } = await this.#state.until(
      ({ status, willRestart }) =>
        (status.state === "stopped" && !willRestart) || status.state === "error",
      signal,
    );
    return status.state === "stopped" ? status.exitCode : killedExitCode;
  }

  /**
   * Stops it and removes all that belongs to it. Calls at once share the work; a failed one can be
   * tried again.
   *
   * @param how `kill` cuts a stop short that is under way.
   */
  remove(how: "stop" | "kill"): Promise<void> {
    if (this.#removal !== undefined && how === "kill") {
      void this.#supervision.ask("kill").catch(() => {});
    }
    this.#removal ??= this.#remove(how).catch((error: unknown) => {
      this.#removal = undefined;
      throw error;
    });
    return this.#removal;
  }

  /** Lets go of it: it goes on by itself if it is detached. */
  release(): void {
    this.#endWatch();
    this.#supervision.release();
  }

  async #remove(how: "stop" | "kill"): Promise<void> {
    await this.starts.close();
    await this.#supervision.end(how);
    this.#endWatch();
    await this.log.holdForFollowers();
    await this.#supervision.remove();
    await releaseClaims(this.record.task.claims, this.id);
    await rm(this.folder.path, { recursive: true, force: true, maxRetries: 5 });
    this.#tell("removed");
    this.log.end();
  }

  async #relaunch(): Promise<void> {
    for (const [index, path] of this.record.task.claims.entries()) {
      if (await takeClaim(path, this.id)) continue;
      const message = `port claim ${index} of server ${JSON.stringify(this.record.name)} was lost to another server`;
      throw new ProviderError("PORT_IN_USE", message);
    }
    await this.launch();
  }

  #onState(state: ServerState): void {
    this.#state.set(state);
    if (this.#announced) this.#options.events.tellState(this.record, state);
    // After each start: by a caller, or by its restart policy, which may need several.
    if (state.status.state !== "running" || this.#watch?.pending) return;
    this.#watch = new ReadinessWatch(this, Date.parse(state.time), () => {
      if (this.state.status.state === "running") this.#tell("ready");
    });
  }

  #endWatch(): void {
    this.#watch?.leave();
    this.#watch = undefined;
  }

  #tell(type: EventType): void {
    if (this.#announced) this.#options.events.tell(this.record, type);
  }

  #onLoss(state: ServerState): void {
    const ran = ["starting", "running", "stopping"].includes(this.state.status.state);
    this.#state.set(state);
    if (ran && this.#announced) this.#options.events.tellEnd(this.record, state);
    this.log.changed();
  }
}

const all = {
  tail: Number.POSITIVE_INFINITY,
  since: Number.NEGATIVE_INFINITY,
  until: Number.POSITIVE_INFINITY,
};

/** How a process that was killed ends. */
const killedExitCode = 137;
