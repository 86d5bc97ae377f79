import type { TextStream } from "../output/text-stream.js";
import { Pace } from "./pace.js";
import type { Progress, ProgressStep } from "./progress.js";
import { amountText, percentText } from "./step-text.js";

const intervalMs = 100;
const barWidth = 24;

/** One line of a terminal, drawn again and again. */
export class ProgressBar implements Progress {
  readonly #terminal: TextStream;
  readonly #now: () => number;
  readonly #pace: Pace;
  /** In the order in which they began. */
  readonly #steps = new Map<string, ProgressStep>();
  #drawnAtMs = Number.NEGATIVE_INFINITY;
  #isDrawn = false;

  constructor(terminal: TextStream, now: () => number) {
    this.#terminal = terminal;
    this.#now = now;
    this.#pace = new Pace(now);
  }

  show(step: ProgressStep): void {
    this.#pace.note(step);
    this.#steps.set(step.phase, step);
    if (this.#now() - this.#drawnAtMs < intervalMs) return;
    this.#drawnAtMs = this.#now();
    this.#isDrawn = true;
    this.#terminal.say(`\r\u001b[2K${this.#line(this.#current(step))}`);
  }

  hide(): void {
    if (!this.#isDrawn) return;
    this.#isDrawn = false;
    this.#terminal.say("\r\u001b[2K");
  }

  /** Of phases side by side the one that began first, so that the line doesn't flicker. */
  #current(latest: ProgressStep): ProgressStep {
    for (const step of this.#steps.values()) if (step.done < step.total) return step;
    return latest;
  }

  #line(step: ProgressStep): string {
    const share = step.total <= 0 ? 1 : Math.min(1, step.done / step.total);
    const full = Math.floor(share * barWidth);
    const bar = `[${"#".repeat(full)}${".".repeat(barWidth - full)}]`;
    const text = `${step.phase.padEnd(8)} ${bar} ${percentText(step).padStart(5)}  ${amountText(step, this.#pace)}`;
    // A line that wraps could not be wiped.
    return text.slice(0, Math.max(10, this.#terminal.columns - 1));
  }
}
