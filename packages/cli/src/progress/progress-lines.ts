import type { TextStream } from "../output/text-stream.js";
import { Pace } from "./pace.js";
import type { Progress, ProgressStep } from "./progress.js";
import { amountText, percentText } from "./step-text.js";

/** What is done sooner needs no telling. */
const firstAfterMs = 2_000;
const intervalMs = 5_000;

/** Where stderr is a file or a log: a line every few seconds, and at the end of a phase that was told of. */
export class ProgressLines implements Progress {
  readonly #stream: TextStream;
  readonly #now: () => number;
  readonly #pace: Pace;
  /** When each phase's next line is due. */
  readonly #dueAtMs = new Map<string, number>();
  /** The phases that were told of, and have not ended. */
  readonly #told = new Set<string>();

  constructor(stream: TextStream, now: () => number) {
    this.#stream = stream;
    this.#now = now;
    this.#pace = new Pace(now);
  }

  show(step: ProgressStep): void {
    const { phase } = step;
    this.#pace.note(step);
    const nowMs = this.#now();
    const dueAtMs = this.#dueAtMs.get(phase) ?? nowMs + firstAfterMs;
    this.#dueAtMs.set(phase, dueAtMs);
    const ends = step.done >= step.total && this.#told.has(phase);
    if (nowMs < dueAtMs && !ends) return;
    if (step.done >= step.total) this.#told.delete(phase);
    else this.#told.add(phase);
    this.#dueAtMs.set(phase, nowMs + intervalMs);
    this.#stream.say(`${phase}: ${percentText(step)}, ${amountText(step, this.#pace)}\n`);
  }

  hide(): void {}
}
