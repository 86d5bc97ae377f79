import { RelayError } from "@potassium/core-types";
import { SetQueue } from "../queue/set-queue.js";

interface Waiter {
  readonly sinceMs: number;
  readonly begin: () => void;
  readonly fail: (reason: unknown) => void;
}

/** How many calls may run at once, and how long one may wait for its turn. */
export interface TurnLimits {
  readonly atOnce: number;
  /** A call that waits gives up where no call was answered for so long, in milliseconds. */
  readonly maxQuietMs: number;
  /** Names the relay in messages. */
  readonly relay: string;
}

/**
 * Lets so many calls run at once; the others wait in the order they came. However many wait, they get
 * on as long as the relay answers; once it answers nobody, they all give up.
 */
export class Turns {
  readonly #limits: TurnLimits;
  readonly #waiting = new SetQueue<Waiter>();
  #free: number;
  #answeredMs = Number.NEGATIVE_INFINITY;
  #lastFailure: unknown;
  #timer: NodeJS.Timeout | undefined;

  constructor(limits: TurnLimits) {
    this.#limits = limits;
    this.#free = limits.atOnce;
  }

  /**
   * Runs `call` when it is its turn.
   *
   * @param signal ends the wait with its reason. The call itself looks at it later.
   * @throws {RelayError} `TIMEOUT` where the relay answered no call for too long.
   */
  async run<T>(signal: AbortSignal | undefined, call: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await this.#wait(signal);
    try {
      return await call();
    } finally {
      this.#passOn();
    }
  }

  /** The relay answered: those who wait may go on waiting. */
  answered(): void {
    this.#answeredMs = performance.now();
  }

  /** A try failed; who gives up waiting tells why. */
  failed(error: unknown): void {
    this.#lastFailure = error;
  }

  #passOn(): void {
    const next = this.#waiting.take();
    if (next === undefined) this.#free += 1;
    else next.begin();
  }

  #wait(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiting.delete(waiter);
        if (this.#waiting.size === 0) this.#stopTimer();
        signal?.removeEventListener("abort", onAbort);
      };
      const waiter: Waiter = {
        sinceMs: performance.now(),
        begin: () => {
          leave();
          resolve();
        },
        fail: (reason) => {
          leave();
          reject(reason);
        },
      };
      const onAbort = () => waiter.fail(signal?.reason);
      signal?.addEventListener("abort", onAbort, { once: true });
      this.#waiting.add(waiter);
      this.#timer ??= setTimeout(() => this.#giveUp(), this.#limits.maxQuietMs);
    });
  }

  /** Sends away who has seen no answer for too long: the first in the queue has waited longest. */
  #giveUp(): void {
    this.#stopTimer();
    const { maxQuietMs, relay } = this.#limits;
    for (const waiter of this.#waiting) {
      const quietMs = performance.now() - Math.max(waiter.sinceMs, this.#answeredMs);
      // A timer may fire a little early.
      if (quietMs < maxQuietMs - 1) {
        this.#timer = setTimeout(() => this.#giveUp(), maxQuietMs - quietMs);
        return;
      }
      const message = `the call waited for its turn, and relay ${relay} answered none of those before it within ${maxQuietMs} ms`;
      waiter.fail(new RelayError("TIMEOUT", message, { cause: this.#lastFailure }));
    }
  }

  #stopTimer(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
