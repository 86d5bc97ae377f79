import type { UpdateProgress } from "@potassium/manifest";

const width = 24;

/** Where it is shown. */
interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Shows how far an update is: by a bar in a terminal, and elsewhere by a line for each phase that has ended. */
export class ProgressDisplay {
  readonly #out: Output;
  readonly #ended = new Set<string>();

  constructor(out: Output = process.stdout) {
    this.#out = out;
  }

  readonly show = (progress: UpdateProgress): void => {
    const { phase } = progress;
    const share = shareOf(progress);
    if (this.#ended.has(phase) && share === 1) return;
    if (share < 1) this.#ended.delete(phase);
    else this.#ended.add(phase);
    const line = `${bar(share)} ${phase} ${amountOf(progress)}`;
    // What is left of a longer line before is erased.
    if (this.#out.isTTY) this.#out.write(`\r${line}\u001b[K${share === 1 ? "\n" : ""}`);
    else if (share === 1) this.#out.write(`${line}\n`);
  };
}

/** From 0 to 1. */
function shareOf(progress: UpdateProgress): number {
  const [done, total] =
    "doneBytes" in progress
      ? [progress.doneBytes, progress.totalBytes]
      : [progress.donePaths, progress.totalPaths];
  return total === 0 ? 1 : Math.min(1, done / total);
}

function amountOf(progress: UpdateProgress): string {
  if ("doneBytes" in progress) return `${progress.doneBytes} of ${progress.totalBytes} bytes`;
  return `${progress.donePaths} of ${progress.totalPaths} paths`;
}

function bar(share: number): string {
  const full = Math.round(share * width);
  return `[${"#".repeat(full)}${" ".repeat(width - full)}]`;
}
