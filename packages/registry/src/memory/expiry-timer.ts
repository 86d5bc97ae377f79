/** The longest time that a timer of Node takes; it fires at once where it is given more. */
const maxTimerMs = 2 ** 31 - 1;

/** Wakes a registry when something falls due, as long as somebody waits for it; keeps no process alive. */
export class ExpiryTimer {
  readonly #onDue: () => void;
  readonly #nextMs: () => number;
  readonly #now: () => number;
  #waiting = 0;
  #timer: NodeJS.Timeout | undefined;
  #setForMs = Number.POSITIVE_INFINITY;

  /** @param nextMs when the next thing falls due, in milliseconds since 1970; `Infinity` where nothing does. */
  constructor(onDue: () => void, nextMs: () => number, now: () => number) {
    this.#onDue = onDue;
    this.#nextMs = nextMs;
    this.#now = now;
  }

  /** Runs until the answer is called. */
  hold(): () => void {
    this.#waiting += 1;
    this.adjust();
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#waiting -= 1;
      if (this.#waiting === 0) this.#stop();
    };
  }

  /** To be called where something may fall due sooner than before. */
  adjust(): void {
    if (this.#waiting === 0) return;
    const nextMs = this.#nextMs();
    if (nextMs >= this.#setForMs) return;
    this.#stop();
    this.#setForMs = nextMs;
    const waitMs = Math.min(Math.max(1, Math.ceil(nextMs - this.#now())), maxTimerMs);
    this.#timer = setTimeout(() => this.#fire(), waitMs).unref();
  }

  #fire(): void {
    this.#stop();
    this.#onDue();
    this.adjust();
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#setForMs = Number.POSITIVE_INFINITY;
  }
}
