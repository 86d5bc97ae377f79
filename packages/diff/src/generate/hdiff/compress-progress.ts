import type { ProgressReporter } from "../../progress-reporter.js";

/** Tells how much is compressed: from when it is known of how much, which blocks that came early don't. */
export class CompressProgress {
  readonly #onProgress: ProgressReporter | undefined;
  #doneBytes = 0;
  #totalBytes: number | undefined;

  constructor(onProgress: ProgressReporter | undefined) {
    this.#onProgress = onProgress;
  }

  begin(totalBytes: number): void {
    this.#totalBytes = totalBytes;
    this.add(0);
  }

  add(bytes: number): void {
    this.#doneBytes += bytes;
    if (this.#totalBytes === undefined) return;
    const [doneBytes, totalBytes] = [this.#doneBytes, this.#totalBytes];
    this.#onProgress?.({ phase: "compress", doneBytes, totalBytes });
  }
}
