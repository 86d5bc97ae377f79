/** How far a phase of the work is. */
export interface ProgressStep {
  /** What is being done: "download". Several may go on side by side. */
  readonly phase: string;
  readonly done: number;
  readonly total: number;
  readonly unit: "bytes" | "paths";
}

/** Shows how far the work is, on stderr. */
export interface Progress {
  show(step: ProgressStep): void;
  /** Takes away what is on the screen; the next `show` brings it back. */
  hide(): void;
}

/** For `--json` and `--quiet`. */
export const noProgress: Progress = { show() {}, hide() {} };
