import type { BuildProgress } from "./build-options.js";

/** Counts the bytes of one phase of a build after another. */
export class BuildProgressMeter {
  #phase: BuildProgress["phase"] = "scan";
  #doneBytes = 0;
  #totalBytes = 0;

  constructor(readonly onProgress: (progress: BuildProgress) => void) {}

  begin(phase: BuildProgress["phase"], totalBytes = 0): void {
    this.#phase = phase;
    this.#doneBytes = 0;
    this.#totalBytes = totalBytes;
    this.add(0);
  }

  add(bytes: number, path?: string): void {
    this.#doneBytes += bytes;
    this.onProgress({
      phase: this.#phase,
      ...(path === undefined ? {} : { path }),
      doneBytes: this.#doneBytes,
      totalBytes: this.#totalBytes,
    });
  }
}
