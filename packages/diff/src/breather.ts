import { setImmediate as turn } from "node:timers/promises";

/** How long other work of the process may have to wait, in milliseconds. */
const longestMs = 20;

/** How many short pieces of a new file come between two looks at the clock. */
export const piecesABreath = 4096;

/**
 * Lets other work of the process have its turn: what is done in memory never waits by itself, and a promise
 * that is settled already is no wait.
 */
export class Breather {
  readonly #signal: AbortSignal | undefined;
  readonly #now: () => number;
  #last: number;

  /** @param now - Milliseconds, on a clock that never goes back. */
  constructor(signal?: AbortSignal | undefined, now: () => number = () => performance.now()) {
    this.#signal = signal;
    this.#now = now;
    this.#last = now();
  }

  /** @throws the signal's reason */
  throwIfAborted(): void {
    this.#signal?.throwIfAborted();
  }

  /**
   * To be called, and awaited where it gives a promise, between pieces of work of a few milliseconds at most.
   *
   * @returns `undefined` where it is too early for a turn: no promise, for that is what it is mostly
   * @throws the signal's reason
   */
  breathe(): Promise<void> | undefined {
    return this.#now() - this.#last < longestMs ? undefined : this.#turn();
  }

  async #turn(): Promise<void> {
    await turn();
    this.#last = this.#now();
    this.throwIfAborted();
  }
}
