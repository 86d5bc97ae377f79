import { isIPv6 } from "node:net";
import {
  type ExecOptions,
  type ExecResult,
  type LogLine,
  ProviderError,
} from "@potassium/core-types";
import {
  findPort,
  type PortReference,
  type StartingServer,
  waitUntilReady,
} from "@potassium/core-types/provider-kit";
import type { LogWindow } from "../log/log-window.js";
import type { ServerRecord } from "./server-record.js";

/** What the watch needs of a server that has just been started. */
export interface WatchedServer {
  readonly record: ServerRecord;
  followLog(window: LogWindow, signal?: AbortSignal): AsyncIterable<LogLine>;
  readLog(window: LogWindow): Promise<readonly LogLine[]>;
  exec(command: readonly string[], options: ExecOptions): Promise<ExecResult>;
  /** Resolves with the exit code when it has ended for good. */
  ended(signal?: AbortSignal): Promise<number>;
}

/** Waits until a server that has just been started is ready, also across restarts by its policy. */
export class ReadinessWatch {
  /** Resolves when it is ready; rejects with `NOT_READY` or `START_FAILED`. */
  readonly ready: Promise<void>;
  readonly #controller = new AbortController();
  #pending = true;

  /** @param startedAt when the server was started, in milliseconds of the epoch. */
  constructor(server: WatchedServer, startedAt: number, onReady: () => void) {
    const { signal } = this.#controller;
    const readiness = server.record.request.readiness ?? { type: "running" };
    this.ready = waitUntilReady(readiness, startingServer(server, startedAt), { signal })
      .then(onReady)
      .finally(() => {
        this.#pending = false;
      });
    // A start that nobody waits for may fail, too.
    this.ready.catch(() => {});
  }

  get pending(): boolean {
    return this.#pending;
  }

  /** Ends the watch. */
  leave(): void {
    this.#controller.abort(
      new ProviderError("CONFLICT", "the server was stopped while it started"),
    );
  }
}

/** How the kit sees it. */
function startingServer(server: WatchedServer, startedAt: number): StartingServer {
  const { record } = server;
  const window = {
    tail: Number.POSITIVE_INFINITY,
    since: startedAt,
    until: Number.POSITIVE_INFINITY,
  };
  return {
    name: record.name,
    address: (reference) => ({
      host: reachable(record.hostAddress),
      port: hostPort(record, reference),
    }),
    logLines: ({ signal }) => server.followLog(window, signal),
    exec: (command, options) => server.exec(command, options),
    ended: async ({ signal }) => ({ exitCode: await server.ended(signal) }),
    lastLines: () => server.readLog({ ...window, tail: 10 }),
  };
}

/** The address to connect to for one that is listened on: "all addresses" is none to connect to. */
function reachable(address: string): string {
  if (address === "0.0.0.0") return "127.0.0.1";
  return isIPv6(address) && address === "::" ? "::1" : address;
}

function hostPort(record: ServerRecord, reference: PortReference): number {
  const port = findPort(record.ports, reference)?.host;
  if (port !== undefined) return port;
  throw new ProviderError(
    "INVALID_ARGUMENT",
    `the server has no ${reference.protocol} port ${reference.port ?? ""}`,
    {
      field: "readiness.port",
    },
  );
}
