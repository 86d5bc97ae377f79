import type { AbortOptions, DrainResult } from "@potassium/core-types";
import { isDrained } from "../record/is-drained.js";
import type { ServerEntry } from "./entry.js";

/** The longest time that a timer of Node takes; it fires at once where it is given more. */
const maxTimerMs = 2 ** 31 - 1;

/**
 * Resolves once nobody is on a server, it is gone, or the deadline has passed.
 *
 * @param problem gives the error with which the wait ends early, if there is one.
 */
export function waitUntilDrained(
  entry: ServerEntry,
  deadlineMs: number | undefined,
  { signal }: AbortOptions,
  problem: () => Error | undefined,
): Promise<DrainResult> {
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
      entry.waiting?.delete(check);
    };
    const answer = (result: DrainResult) => {
      end();
      resolve(Object.freeze(result));
    };
    const fail = (error: unknown) => {
      end();
      reject(error);
    };
    const onAbort = () => fail(signal?.reason);
    const check = () => {
      const error = problem();
      if (error !== undefined) fail(error);
      else if (entry.removed || entry.expired) answer({ state: "gone" });
      else if (isDrained(entry.server, entry.heldLeases)) {
        answer({ state: "drained", server: entry.server });
      }
    };
    const waitFor = (leftMs: number) => {
      if (leftMs <= 0) return answer({ state: "deadline", server: entry.server });
      const stepMs = Math.min(leftMs, maxTimerMs);
      timer = setTimeout(() => waitFor(leftMs - stepMs), stepMs);
    };
    entry.waiting ??= new Set();
    entry.waiting.add(check);
    signal?.addEventListener("abort", onAbort);
    check();
    if (entry.waiting.has(check) && deadlineMs !== undefined) waitFor(deadlineMs);
  });
}
