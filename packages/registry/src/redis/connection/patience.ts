/**
 * How long a command is waited for: until its signal aborts or its time is over. One AbortController a command would cost as much as all
 * the rest of it.
 */
export class Patience {
  readonly #signal: AbortSignal;
  readonly #timer: NodeJS.Timeout;
  readonly #onAbort: () => void;
  /** How many tries have failed so far. */
  failures = 0;
  #reject: ((reason: unknown) => void) | undefined;
  /** Why it has ended. */
  #reason: { readonly is: unknown } | undefined;

  /** @param tooLate makes the error of one whose time is over. */
  constructor(signal: AbortSignal, ms: number, tooLate: (failures: number) => Error) {
    this.#signal = signal;
    this.#onAbort = () => this.#end(signal.reason);
    this.#timer = setTimeout(() => this.#end(tooLate(this.failures)), ms);
    signal.addEventListener("abort", this.#onAbort, { once: true });
  }

  get hasEnded(): boolean {
    return this.#reason !== undefined;
  }

  throwIfEnded(): void {
    if (this.#reason !== undefined) throw this.#reason.is;
  }

  /** Settles as the promise does, or rejects as soon as patience ends. One at a time. */
  wait<T>(promise: PromiseLike<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#reject = reject;
      promise.then(resolve, reject);
      if (this.#reason !== undefined) reject(this.#reason.is);
    });
  }

  /** Nothing is waited for any more. */
  release(): void {
    clearTimeout(this.#timer);
    this.#signal.removeEventListener("abort", this.#onAbort);
  }

  #end(reason: unknown): void {
    this.#reason ??= { is: reason };
    this.#reject?.(reason);
  }
}
