import type { UpdatePlan } from "../plan/update-plan.js";
import type { UpdateProgress } from "../plan/update-progress.js";

/** Counts what is downloaded and made, and tells of it. */
export class ProgressMeter {
  #doneBytes = { download: 0, make: 0 };
  readonly #files = new Map<string, number>();

  constructor(
    readonly plan: Pick<UpdatePlan, "downloadBytes" | "writeBytes">,
    readonly onProgress: (progress: UpdateProgress) => void,
  ) {}

  /** @param doneBytes of this one download, in all. */
  downloaded(path: string, key: string, doneBytes: number): void {
    const before = this.#files.get(key) ?? 0;
    this.#files.set(key, doneBytes);
    this.#add("download", path, doneBytes - before);
  }

  made(path: string, sizeBytes: number): void {
    this.#add("make", path, sizeBytes);
  }

  #add(phase: "download" | "make", path: string, bytes: number): void {
    this.#doneBytes[phase] += bytes;
    const { downloadBytes, writeBytes } = this.plan;
    const totalBytes = phase === "download" ? downloadBytes : writeBytes;
    this.onProgress({ phase, path, doneBytes: this.#doneBytes[phase], totalBytes });
  }
}
