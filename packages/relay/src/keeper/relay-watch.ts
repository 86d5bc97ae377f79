import { backOffMs, type RelayRoutes, type RouteTable } from "@potassium/core-types";
import type { KeeperClock } from "./keeper-clock.js";

export interface RelayWatchOptions {
  readonly relay: RelayRoutes;
  readonly clock: KeeperClock;
  readonly intervalMs: number;
  /** Share of the interval by which a look may come earlier, in [0, 1]. */
  readonly jitter: number;
  readonly random: () => number;
  /** Taken before the relay is asked, and given back with its table. */
  readonly mark: () => number;
  readonly onTable: (table: RouteTable, since: number) => void;
  readonly onFailure: (error: unknown) => void;
}

/** Looks at the relay's health and table again and again, sooner where the last look failed. */
export class RelayWatch {
  readonly #options: RelayWatchOptions;
  readonly #closing = new AbortController();
  #cancelTimer = () => {};
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  #failures = 0;

  constructor(options: RelayWatchOptions) {
    this.#options = options;
    this.#schedule();
  }

  /** Looks now, or once the look that is under way has ended: what it sees is not older than this call. */
  look(): Promise<void> {
    if (this.#running === undefined) {
      this.#running = this.#look().finally(() => {
        this.#running = undefined;
        this.#schedule();
      });
      return this.#running;
    }
    this.#next ??= this.#running
      .catch(() => {})
      .then(() => {
        this.#next = undefined;
        return this.look();
      });
    return this.#next;
  }

  /** A change failed: the next look comes sooner, though less and less soon while that goes on. */
  hurry(): void {
    this.#failures += 1;
    if (this.#running === undefined) this.#schedule();
  }

  /** The relay can be used again: looks come at their interval. */
  recovered(): void {
    this.#failures = 0;
  }

  async close(reason: Error): Promise<void> {
    this.#closing.abort(reason);
    this.#cancelTimer();
    await Promise.allSettled([this.#running, this.#next]);
  }

  async #look(): Promise<void> {
    const { relay, mark, onTable, onFailure } = this.#options;
    const { signal } = this.#closing;
    signal.throwIfAborted();
    this.#cancelTimer();
    const since = mark();
    let table: RouteTable;
    try {
      await relay.health({ signal });
      table = await relay.listRoutes({ signal });
    } catch (error) {
      signal.throwIfAborted();
      this.#failures += 1;
      onFailure(error);
      throw error;
    }
    signal.throwIfAborted();
    onTable(table, since);
  }

  #schedule(): void {
    this.#cancelTimer();
    if (this.#closing.signal.aborted) return;
    const { clock, intervalMs, jitter, random } = this.#options;
    const waitMs =
      this.#failures === 0
        ? intervalMs * (1 - jitter * random())
        : backOffMs(this.#failures, { maxMs: intervalMs, random });
    this.#cancelTimer = clock.after(waitMs, () => {
      // Whoever wants to know of a failure is told by onFailure.
      this.look().catch(() => {});
    });
  }
}
