import type { AbortOptions } from "../wait/abort-options.js";
import { abortable } from "../wait/abortable.js";

/**
 * Lets one body run at a time for each key, in the order of the calls. Bodies of different keys run
 * side by side.
 */
export class KeyedMutex {
  /** For each key the end of its last body in the queue. */
  readonly #tails = new Map<string, Promise<void>>();

  /**
   * Runs `body` once those before it under the same key have settled, however they did.
   *
   * @param options `signal` ends the wait for the turn; the body then never runs. A body that has
   *   begun looks at the signal itself.
   */
  async run<T>(key: string, body: () => Promise<T>, options: AbortOptions = {}): Promise<T> {
    options.signal?.throwIfAborted();
    const before = this.#tails.get(key) ?? Promise.resolve();
    let finish = () => {};
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    // One who gives up while waiting still holds the place of those before him.
    const tail = before.then(() => finished);
    this.#tails.set(key, tail);
    void tail.then(() => {
      if (this.#tails.get(key) === tail) this.#tails.delete(key);
    });
    try {
      await abortable(before, options.signal);
      return await body();
    } finally {
      finish();
    }
  }
}
