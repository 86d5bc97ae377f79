import type { ProgressStep } from "./progress.js";

const leastMs = 500;
const leastMoved = 1e6;

interface Course {
  readonly startMs: number;
  readonly startDone: number;
  /** As it was told last. */
  done: number;
}

/** How fast each phase goes. */
export class Pace {
  readonly #courses = new Map<string, Course>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Takes note of a step. A phase that comes again, as in a chain of updates, begins anew. */
  note({ phase, done }: ProgressStep): void {
    const course = this.#courses.get(phase);
    if (course !== undefined && done >= course.done) course.done = done;
    else this.#courses.set(phase, { startMs: this.#now(), startDone: done, done });
  }

  /** Units a second, and milliseconds that are left; `undefined` as long as nothing can be told. */
  of({ phase, done, total }: ProgressStep): { perSecond: number; leftMs: number } | undefined {
    const course = this.#courses.get(phase);
    if (course === undefined) return undefined;
    const tookMs = this.#now() - course.startMs;
    const moved = done - course.startDone;
    // Work that comes in large pieces tells too little of itself at first.
    if (tookMs < leastMs || moved <= Math.min(total / 100, leastMoved)) return undefined;
    const perMs = moved / tookMs;
    return { perSecond: perMs * 1000, leftMs: Math.max(0, total - done) / perMs };
  }
}
