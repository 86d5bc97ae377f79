import type { ProgressStep } from "./progress.js";

interface Start {
  readonly atMs: number;
  readonly done: number;
}

/** How fast each phase goes. */
export class Pace {
  readonly #starts = new Map<string, Start>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Notes where a phase began. Call it at each step. */
  begin({ phase, done }: ProgressStep): void {
    const start = this.#starts.get(phase);
    // A phase that comes again, as in a chain of updates, begins anew.
    if (start === undefined || done < start.done) {
      this.#starts.set(phase, { atMs: this.#now(), done });
    }
  }

  /** Units a second, and milliseconds that are left; `undefined` as long as nothing can be told. */
  of({ phase, done, total }: ProgressStep): { perSecond: number; leftMs: number } | undefined {
    const start = this.#starts.get(phase);
    const tookMs = start === undefined ? 0 : this.#now() - start.atMs;
    if (start === undefined || tookMs < 500 || done <= start.done) return undefined;
    const perMs = (done - start.done) / tookMs;
    return { perSecond: perMs * 1000, leftMs: Math.max(0, total - done) / perMs };
  }
}
