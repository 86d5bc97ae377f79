import { ProviderError } from "@potassium/core-types";
import type { ServerState } from "../protocol/server-state.js";
import type { SupervisorTask } from "../protocol/supervisor-task.js";
import { type Lifeline, launchSupervisor } from "./launch-supervisor.js";
import { settleLostServer } from "./lost-server.js";
import type { ServerFolder } from "./server-folder.js";
import type { ServerRecord } from "./server-record.js";
import { SupervisorLink } from "./supervisor-link.js";

export interface SupervisionListeners {
  /** Each change, in order. */
  readonly onState: (state: ServerState) => void;
  /** The supervisor was lost, and what it left is cleaned up. */
  readonly onLoss: (state: ServerState) => void;
  readonly onLog: () => void;
}

/** A provider's hold on the supervisor of one server, which may come and go. */
export class Supervision {
  readonly #record: ServerRecord;
  readonly #folder: ServerFolder;
  readonly #listeners: SupervisionListeners;
  #link: SupervisorLink | undefined;
  #lifeline: Lifeline | undefined;
  /** Settles when what a lost supervisor has left is cleaned up. */
  #settled: Promise<void> = Promise.resolve();

  constructor(record: ServerRecord, folder: ServerFolder, listeners: SupervisionListeners) {
    this.#record = record;
    this.#folder = folder;
    this.#listeners = listeners;
  }

  /** Whether there is a supervisor. Waits for one that was lost to be cleaned up after. */
  async isThere(): Promise<boolean> {
    await this.#settled;
    return this.#link !== undefined;
  }

  /** Starts a supervisor. The server itself does not run yet. */
  async launch(
    options: Pick<SupervisorTask, "detached" | "temporaryFolder">,
  ): Promise<ServerState> {
    const task = { ...this.#record.task, ...options };
    this.#lifeline = await launchSupervisor(task, this.#folder.supervisorLog);
    return this.#connect();
  }

  /** Finds the supervisor again that another provider has started, or cleans up after it. */
  async find(): Promise<ServerState> {
    try {
      return await this.#connect();
    } catch {
      return settleLostServer(this.#record, this.#folder);
    }
  }

  /** @throws {ProviderError} `UNAVAILABLE` where there is no supervisor, or what it can't do. */
  async ask(method: "start" | "stop" | "kill" | "detach" | "follow-log"): Promise<void> {
    const link = await this.#currentLink();
    await link.request(method);
  }

  /** Writes a line to the server's console. */
  async write(line: string): Promise<void> {
    const link = await this.#currentLink();
    await link.request("write", line);
  }

  /**
   * Stops or kills the server. If its supervisor is lost on the way, what is left is cleaned up, and
   * the server does not run either.
   */
  async end(how: "stop" | "kill"): Promise<void> {
    await this.#orLost((link) => link.request(how));
  }

  /** Removes the server, with its folder, and ends the supervisor. */
  async remove(): Promise<void> {
    await this.#orLost(async (link) => {
      await link.request("remove");
      link.expectClose();
      await link.closed;
    });
    await this.#lifeline?.exited();
    this.release();
  }

  /** Lets go: a supervisor whose server is detached goes on. */
  release(): void {
    this.#link?.close();
    this.#lifeline?.close();
  }

  async #orLost(work: (link: SupervisorLink) => Promise<void>): Promise<void> {
    await this.#settled;
    const link = this.#link;
    if (link === undefined) return;
    try {
      await work(link);
    } catch (error) {
      if (link.isOpen) throw error;
      await link.closed;
      await this.#settled;
    }
  }

  async #currentLink(): Promise<SupervisorLink> {
    await this.#settled;
    if (this.#link !== undefined) return this.#link;
    throw new ProviderError("UNAVAILABLE", "the server's supervisor is gone");
  }

  async #connect(): Promise<ServerState> {
    const { link, state } = await SupervisorLink.connect(this.#record.task.socketPath, {
      onState: this.#listeners.onState,
      onLog: this.#listeners.onLog,
      onLost: () => {
        this.#link = undefined;
        this.#settled = settleLostServer(this.#record, this.#folder).then(this.#listeners.onLoss);
      },
    });
    this.#link = link;
    return state;
  }
}
