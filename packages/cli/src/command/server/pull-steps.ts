import type { PullProgress } from "@potassium/docker";
import type { ProgressStep } from "../../progress/progress.js";

/** Adds up the layers of an image that is being fetched. */
export class PullSteps {
  readonly #layers = new Map<string, { readonly done: number; readonly total: number }>();

  /** How far all of it is, as far as that is known; `undefined` where the engine said nothing of sizes. */
  add({ layer, doneBytes, totalBytes }: PullProgress): ProgressStep | undefined {
    if (layer === undefined || doneBytes === undefined || totalBytes === undefined) {
      return undefined;
    }
    this.#layers.set(layer, { done: doneBytes, total: totalBytes });
    const layers = [...this.#layers.values()];
    return {
      phase: "pull",
      done: layers.reduce((sum, { done }) => sum + done, 0),
      total: layers.reduce((sum, { total }) => sum + total, 0),
      unit: "bytes",
    };
  }
}
