import type { TextStream } from "../output/text-stream.js";
import { Pace } from "./pace.js";
import type { Progress, ProgressStep } from "./progress.js";
import { amountText, percentText } from "./step-text.js";

const intervalMs = 5_000;

/** Where stderr is a file or a log: a line when a phase begins and ends, and every few seconds. */
export class ProgressLines implements Progress {
  readonly #stream: TextStream;
  readonly #now: () => number;
  readonly #pace: Pace;
  readonly #said = new Map<string, { atMs: number; ended: boolean }>();

  constructor(stream: TextStream, now: () => number) {
    this.#stream = stream;
    this.#now = now;
    this.#pace = new Pace(now);
  }

  show(step: ProgressStep): void {
    this.#pace.begin(step);
    const said = this.#said.get(step.phase);
    const ended = step.done >= step.total;
    const isDue = said === undefined || this.#now() - said.atMs >= intervalMs;
    if (said?.ended === true && ended) return;
    if (!isDue && !ended) return;
    this.#said.set(step.phase, { atMs: this.#now(), ended });
    this.#stream.say(`${step.phase}: ${percentText(step)}, ${amountText(step, this.#pace)}\n`);
  }

  hide(): void {}
}
