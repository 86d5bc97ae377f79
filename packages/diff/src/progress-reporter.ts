import { type PatchProgress, shownValue } from "@potassium/core-types";
import { invalidOption } from "./check-options.js";

export type ProgressReporter = (progress: PatchProgress) => void;

/**
 * Calls the caller's `onProgress`. What it has been told once is not told again where a phase is begun anew
 * by another engine.
 *
 * It must not return a promise: nobody would wait for that, and its rejection would end the process.
 *
 * @throws `INVALID_ARGUMENT` where `onProgress` is no function, or, when it is called, returns a promise
 */
export function progressReporter(onProgress: unknown): ProgressReporter | undefined {
  if (onProgress === undefined) return undefined;
  if (typeof onProgress !== "function") {
    throw invalidOption(
      "onProgress",
      `onProgress must be a function, not ${shownValue(onProgress)}`,
    );
  }
  let last: PatchProgress | undefined;
  return (progress) => {
    if (last?.phase === progress.phase && progress.doneBytes < last.doneBytes) return;
    last = progress;
    refusePromise(onProgress(progress));
  };
}

function refusePromise(answer: unknown): void {
  if (typeof answer !== "object" || answer === null) return;
  if (!("then" in answer) || typeof answer.then !== "function") return;
  // This call ends by the error below; a rejection of the promise must not end the process too.
  Promise.resolve(answer).catch(() => {});
  throw invalidOption(
    "onProgress",
    "onProgress returned a promise: it must be no async function, for nobody waits for it",
  );
}
