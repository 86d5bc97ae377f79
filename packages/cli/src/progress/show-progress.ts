import type { Progress } from "./progress.js";

/** What the packages tell on their way. */
type Told =
  | { readonly phase: string; readonly doneBytes: number; readonly totalBytes: number }
  | { readonly phase: string; readonly donePaths: number; readonly totalPaths: number };

/** The packages' `onProgress` that shows what they tell. */
export function showProgress(progress: Progress): (told: Told) => void {
  return (told) => {
    const { phase } = told;
    // A stage that has nothing to do.
    if ("totalBytes" in told ? told.totalBytes === 0 : told.totalPaths === 0) return;
    if ("doneBytes" in told) {
      progress.show({ phase, done: told.doneBytes, total: told.totalBytes, unit: "bytes" });
    } else {
      progress.show({ phase, done: told.donePaths, total: told.totalPaths, unit: "paths" });
    }
  };
}
