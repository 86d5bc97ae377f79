import { shownValue } from "@potassium/core-types";
import { invalidArgument } from "./invalid-argument.js";

/**
 * Calls the caller's `onProgress`. It must return no promise: nobody would wait for that, and its rejection would end the
 * process, in the middle of a commit perhaps.
 *
 * @throws `INVALID_ARGUMENT` where it is no function, or, at its first call, returns a promise
 */
export function progressReporter<Progress>(
  onProgress: ((progress: Progress) => void) | undefined,
): (progress: Progress) => void {
  if (onProgress === undefined) return () => {};
  if (typeof onProgress !== "function") {
    const message = `onProgress must be a function, not ${shownValue(onProgress)}`;
    throw invalidArgument(message, "onProgress");
  }
  return (progress) => {
    const answer: unknown = onProgress(progress);
    if (typeof answer !== "object" || answer === null || !("then" in answer)) return;
    // This call ends by the error below; a rejection of the promise must not end the process too.
    Promise.resolve(answer).catch(() => {});
    const problem = "onProgress returned a promise: it must be no async function";
    throw invalidArgument(`${problem}, for nobody waits for it`, "onProgress");
  };
}
