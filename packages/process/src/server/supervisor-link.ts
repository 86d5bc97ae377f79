import { connect, type Socket } from "node:net";
import { ProviderError } from "@potassium/core-types";
import { LineDecoder } from "@potassium/core-types/provider-kit";
import type { RequestFailure, SupervisorMethod } from "../protocol/message.js";
import { parseMessage } from "../protocol/parse-message.js";
import type { ServerState } from "../protocol/server-state.js";

export interface LinkListeners {
  readonly onState: (state: ServerState) => void;
  readonly onLog: () => void;
  /** The supervisor is gone, and nobody has asked it to go. */
  readonly onLost: () => void;
}

interface PendingCall {
  readonly resolve: () => void;
  readonly reject: (error: ProviderError) => void;
}

const connectDeadlineMs = 10_000;

/** A provider's connection to the supervisor of one server. */
export class SupervisorLink {
  readonly #socket: Socket;
  readonly #listeners: LinkListeners;
  readonly #calls = new Map<number, PendingCall>();
  #lastCall = 0;
  #leaving = false;
  #first: ((state: ServerState) => void) | undefined;
  /** Resolves once the connection has ended, from whichever side. */
  readonly closed: Promise<void>;

  /**
   * Connects, and resolves with the first state that is told.
   *
   * @throws an error of the system where nobody listens.
   */
  static async connect(
    path: string,
    listeners: LinkListeners,
  ): Promise<{ readonly link: SupervisorLink; readonly state: ServerState }> {
    const link = new SupervisorLink(connect(path), listeners);
    const state = await link.#greeting();
    return { link, state };
  }

  private constructor(socket: Socket, listeners: LinkListeners) {
    this.#socket = socket;
    this.#listeners = listeners;
    const decoder = new LineDecoder({ maxLineBytes: 1024 * 1024 });
    socket.on("data", (bytes) => {
      for (const line of decoder.push(bytes)) this.#receive(line);
    });
    this.closed = new Promise((resolve) => {
      socket.once("close", () => {
        resolve();
        this.#onClose();
      });
    });
  }

  /** Asks for something, and resolves once it is done. */
  request(method: SupervisorMethod, line?: string): Promise<void> {
    this.#lastCall += 1;
    const call = this.#lastCall;
    return new Promise((resolve, reject) => {
      if (!this.#socket.writable) {
        reject(lost());
        return;
      }
      this.#calls.set(call, { resolve, reject });
      this.#socket.write(`${JSON.stringify({ call, method, line })}\n`);
    });
  }

  get isOpen(): boolean {
    return !this.#socket.destroyed;
  }

  /** From here on the end of the connection is no loss. */
  expectClose(): void {
    this.#leaving = true;
  }

  /** Ends the connection; the supervisor goes on. */
  close(): void {
    this.#leaving = true;
    this.#socket.destroy();
  }

  #greeting(): Promise<ServerState> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.close();
        reject(new ProviderError("UNAVAILABLE", "the server's supervisor does not answer"));
      }, connectDeadlineMs);
      const onError = (error: Error) => {
        clearTimeout(timer);
        this.#leaving = true;
        reject(error);
      };
      this.#socket.once("error", onError);
      this.#first = (state) => {
        clearTimeout(timer);
        this.#first = undefined;
        this.#socket.off("error", onError);
        this.#socket.on("error", () => this.#socket.destroy());
        resolve(state);
      };
    });
  }

  #receive(line: string): void {
    const message = parseMessage(line);
    switch (message?.type) {
      case "state":
        if (this.#first !== undefined) this.#first(message.state);
        else this.#listeners.onState(message.state);
        break;
      case "log":
        this.#listeners.onLog();
        break;
      case "reply":
        this.#settle(message.call, message.failure);
        break;
    }
  }

  #settle(call: number, failure: RequestFailure | undefined): void {
    const pending = this.#calls.get(call);
    this.#calls.delete(call);
    if (failure === undefined) pending?.resolve();
    else pending?.reject(new ProviderError(failure.code, failure.message));
  }

  #onClose(): void {
    for (const { reject } of this.#calls.values()) reject(lost());
    this.#calls.clear();
    if (!this.#leaving) this.#listeners.onLost();
  }
}

function lost(): ProviderError {
  return new ProviderError("UNAVAILABLE", "the server's supervisor is gone");
}
