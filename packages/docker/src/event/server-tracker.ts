import {
  delay,
  ServerEvent as Schema,
  type Server,
  type ServerEvent,
  type ServerState,
} from "@potassium/core-types";
import type { Meaning } from "./engine-event.js";

interface Known {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** What was told last about it. */
  last: ServerEvent["type"] | undefined;
  outOfMemory: boolean;
  exitCode: number;
  starts: number;
}

/** What was told last about a server that is found in such a state. */
const lastTold: Readonly<Record<ServerState, ServerEvent["type"] | undefined>> = {
  created: "created",
  starting: "starting",
  running: "running",
  paused: "running",
  stopping: "stopping",
  stopped: "stopped",
  error: undefined,
};

/** How many servers that are gone are remembered: more than an engine repeats the events of. */
const remembered = 1000;

/** Where each kind of event leads, for the comparison with a list. */
const stateAfter: Readonly<Partial<Record<ServerEvent["type"], ServerState>>> = {
  running: "running",
  ready: "running",
  stopped: "stopped",
};

/**
 * Turns what engines tell into one order for each server: created, starting, running, ready, stopping,
 * stopped, removed. What was told already is not told again; what an engine leaves out is filled in.
 */
export class ServerTracker {
  readonly #known = new Map<string, Known>();
  /** Ids are never used twice, so what comes late for one of these is a repetition. */
  readonly #removed = new Set<string>();
  readonly #publish: (event: ServerEvent) => void;

  constructor(publish: (event: ServerEvent) => void) {
    this.#publish = publish;
  }

  /** Gets to know a server, for the name and labels that its events carry. */
  know(id: string, name: string, labels: Readonly<Record<string, string>>): void {
    if (!this.#known.has(id) && !this.#removed.has(id)) {
      const nothing = { last: undefined, outOfMemory: false, exitCode: 0, starts: 0 };
      this.#known.set(id, { name, labels, ...nothing });
    }
  }

  tell(id: string, meaning: Meaning | "ready", time: string, exitCode = 0): void {
    const known = this.#known.get(id);
    if (known === undefined) return;
    if (meaning === "out-of-memory") {
      known.outOfMemory = true;
      return;
    }
    // Told by whom stops it, ahead of an engine that is late with the start.
    if (meaning === "stopping" && (known.last === "created" || known.last === "starting")) {
      this.tell(id, "running", time);
    }
    if (!follows(known.last, meaning)) return;
    if (meaning === "running" && known.last !== "starting") this.#emit(id, known, "starting", time);
    if (meaning === "stopped") known.exitCode = exitCode;
    this.#emit(id, known, meaning, time);
    if (meaning === "removed") this.#forget(id);
  }

  /** How many starts of a server were told. */
  startsOf(id: string): number {
    return this.#known.get(id)?.starts ?? 0;
  }

  /**
   * Tells that a server is ready once its start was told, for which it waits 5 seconds at most. Where it has ended
   * since, nothing is told.
   *
   * @param startsBefore how many starts were told before the one that is meant.
   */
  async tellReady(id: string, startsBefore: number, signal?: AbortSignal): Promise<void> {
    const deadline = performance.now() + 5000;
    const isToldYet = () => this.startsOf(id) > startsBefore || this.#removed.has(id);
    while (!isToldYet() && !signal?.aborted && performance.now() < deadline) await delay(5);
    this.tell(id, "ready", new Date().toISOString());
  }

  /**
   * Compares with what there is now.
   *
   * @param tellChanges whether differences are told: after a break they are what was missed.
   */
  reconcile(servers: readonly Server[], tellChanges: boolean): void {
    const time = new Date().toISOString();
    for (const { id, name, labels, status } of servers) {
      const isNew = !this.#known.has(id);
      this.know(id, name, labels);
      const known = this.#known.get(id);
      if (known === undefined) continue;
      if (!tellChanges) {
        known.last = lastTold[status.state];
        continue;
      }
      if (isNew) this.tell(id, "created", time);
      if (known.last !== undefined && stateAfter[known.last] === status.state) continue;
      if (status.state === "running") this.tell(id, "running", time);
      if (status.state === "stopped") this.tell(id, "stopped", time, status.exitCode);
    }
    const there = new Set(servers.map(({ id }) => id));
    for (const [id, known] of [...this.#known]) {
      if (there.has(id)) continue;
      if (tellChanges) this.tell(id, "stopped", time, known.exitCode);
      if (tellChanges) this.tell(id, "removed", time);
      this.#known.delete(id);
    }
  }

  #forget(id: string): void {
    this.#known.delete(id);
    this.#removed.add(id);
    const [oldest] = this.#removed;
    if (this.#removed.size > remembered && oldest !== undefined) this.#removed.delete(oldest);
  }

  #emit(id: string, known: Known, type: ServerEvent["type"], time: string): void {
    const about = { id, name: known.name, labels: known.labels, time };
    const event =
      type === "stopped"
        ? { ...about, type, exitCode: known.exitCode, outOfMemory: known.outOfMemory }
        : { ...about, type };
    known.last = type;
    if (type === "running") known.starts += 1;
    if (type === "stopped") known.outOfMemory = false;
    this.#publish(Schema.parse(event));
  }
}

/** Whether the one can come after the other; what can't is an echo of what was told. */
function follows(last: ServerEvent["type"] | undefined, next: ServerEvent["type"]): boolean {
  if (last === next) return false;
  switch (next) {
    case "created":
      return last === undefined;
    case "ready":
      return last === "running";
    case "running":
    case "starting":
      return last !== "running" && last !== "ready" && last !== "stopping";
    case "stopping":
      return last !== "stopped";
    case "stopped":
      return last !== "created";
    default:
      return true;
  }
}
