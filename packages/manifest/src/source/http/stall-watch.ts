/** Less than this does not count as life: a server that drips bytes would hold us for ever. */
const leastBytes = 1024;

/**
 * Aborts what waits for a server when that has given next to nothing for `timeoutMs`, or when the caller's
 * signal aborts. Only the time between {@link waiting} and {@link arrived} counts.
 */
export class StallWatch {
  readonly #controller = new AbortController();
  readonly #onAbort: () => void;
  #timer: NodeJS.Timeout | undefined;
  #begun = 0;
  #leftMs: number;
  #bytes = 0;
  #stalled = false;

  constructor(
    private readonly timeoutMs: number,
    private readonly caller: AbortSignal | undefined,
  ) {
    this.#leftMs = timeoutMs;
    this.#onAbort = () => this.#controller.abort(caller?.reason);
    caller?.addEventListener("abort", this.#onAbort, { once: true });
    if (caller?.aborted) this.#onAbort();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Whether it was the silence that ended the request. */
  get stalled(): boolean {
    return this.#stalled;
  }

  waiting(): void {
    this.#begun = performance.now();
    this.#timer = setTimeout(() => {
      this.#stalled = true;
      this.#controller.abort();
    }, this.#leftMs);
  }

  arrived(bytes: number): void {
    clearTimeout(this.#timer);
    this.#bytes += bytes;
    if (this.#bytes >= leastBytes) {
      this.#bytes = 0;
      this.#leftMs = this.timeoutMs;
    } else {
      this.#leftMs = Math.max(0, this.#leftMs - (performance.now() - this.#begun));
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.caller?.removeEventListener("abort", this.#onAbort);
  }
}
