import { type AbortOptions, hasErrorCode, type RelayRoutes } from "@potassium/core-types";
import { SetQueue } from "../queue/set-queue.js";
import type { KeptEntry } from "./kept-entry.js";

export interface ApplierOptions {
  readonly relay: RelayRoutes;
  /** Calls under way at once. */
  readonly atOnce: number;
  /** The relay answered a change. */
  readonly onDone: () => void;
  /** The relay refused the entry, for the first time since it changed. */
  readonly onRefused: (entry: KeptEntry, error: unknown) => void;
  /** The relay can't be used. Nothing more is sent until `resume`. */
  readonly onUnavailable: (error: unknown) => void;
}

/**
 * Brings entries to the relay: a bounded number at once, never two calls for one address. What changes
 * while a call is under way is sent after it. That call is not cut off: the relay might take the newer
 * one first and the older one last.
 */
export class RouteApplier {
  readonly #options: ApplierOptions;
  readonly #queue = new SetQueue<KeptEntry>();
  readonly #stopping = new AbortController();
  readonly #waiting = new Set<() => void>();
  #running = 0;
  #isPaused = false;
  #happenings = 0;

  constructor(options: ApplierOptions) {
    this.#options = options;
  }

  /** How many entries wait or are under way. */
  get pending(): number {
    return this.#queue.size + this.#running;
  }

  /** Whether nothing is under way and nothing more will be by itself. */
  get isQuiet(): boolean {
    return this.#running === 0 && (this.#queue.size === 0 || this.#isPaused);
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  /** A number that is greater than the `touched` of every entry. */
  mark(): number {
    this.#happenings += 1;
    return this.#happenings;
  }

  request(entry: KeptEntry): void {
    // Its call that is under way looks at the generation when it ends.
    if (!entry.isRunning) this.#queue.add(entry);
    this.#pump();
  }

  /** Takes back a request. */
  withdraw(entry: KeptEntry): void {
    this.#queue.delete(entry);
    this.#tell();
  }

  pause(): void {
    this.#isPaused = true;
    this.#tell();
  }

  resume(): void {
    this.#isPaused = false;
    this.#pump();
  }

  /** Resolves when `condition` holds, which is looked at when something was sent, or is no longer to be. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  /** Aborts the calls under way and sends nothing more. */
  stop(reason: Error): void {
    this.pause();
    this.#stopping.abort(reason);
  }

  #pump(): void {
    if (this.#stopping.signal.aborted) return;
    while (!this.#isPaused && this.#running < this.#options.atOnce) {
      const entry = this.#queue.take();
      if (entry === undefined) return;
      void this.#run(entry);
    }
  }

  async #run(entry: KeptEntry): Promise<void> {
    const { generation, wanted } = entry;
    entry.isRunning = true;
    entry.touched = this.mark();
    this.#running += 1;
    const outcome = await this.#send(entry.playerIp, wanted, entry.sent);
    this.#running -= 1;
    entry.isRunning = false;
    entry.touched = this.mark();
    if (entry.generation !== generation) this.#queue.add(entry);
    else if (outcome.type === "done") entry.settle("applied");
    else if (outcome.type === "refused") this.#refuse(entry, outcome.error);
    else this.#queue.add(entry);
    if (outcome.type !== "unavailable") this.#options.onDone();
    else if (!this.#isPaused) {
      this.pause();
      this.#options.onUnavailable(outcome.error);
    }
    this.#pump();
    this.#tell();
  }

  async #send(
    playerIp: string,
    wanted: string | undefined,
    sent: Set<string>,
  ): Promise<{ type: "done" } | { type: "refused" | "unavailable"; error: unknown }> {
    const { relay } = this.#options;
    const options: AbortOptions = { signal: this.#stopping.signal };
    if (wanted !== undefined) sent.add(wanted);
    try {
      if (wanted === undefined) await relay.deleteRoute(playerIp, options);
      else await relay.setRoute(playerIp, wanted, options);
      return { type: "done" };
    } catch (error) {
      const isOfTheRelay = hasErrorCode(
        error,
        "UNAVAILABLE",
        "TIMEOUT",
        "UNAUTHORIZED",
        "DISPOSED",
      );
      return { type: isOfTheRelay ? "unavailable" : "refused", error };
    }
  }

  #refuse(entry: KeptEntry, error: unknown): void {
    const isNew = entry.state !== "refused";
    entry.settle("refused", error);
    if (isNew) this.#options.onRefused(entry, error);
  }

  #tell(): void {
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }
}
