import { defaultMaxListeners, getMaxListeners, setMaxListeners } from "node:events";
import { abortable } from "@potassium/core-types";

/** What ends a wait before its work is done. */
export interface Deadline {
  readonly timeoutMs: number;
  /** Makes the error that a wait beyond `timeoutMs` rejects with. */
  readonly onTimeout: () => Error;
  /** Each of them ends the wait with its reason. */
  readonly signals: readonly (AbortSignal | undefined)[];
}

/**
 * Runs `work` and ends it when time is up or one of the signals aborts. Timer and listeners are gone
 * when this settles, so signals that live long gather nothing.
 */
export async function withDeadline<T>(
  deadline: Deadline,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { timeoutMs, onTimeout, signals } = deadline;
  for (const signal of signals) {
    signal?.throwIfAborted();
    expectManyListeners(signal);
  }
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(onTimeout()), timeoutMs);
  const releases = signals.map((signal) => {
    const onAbort = () => controller.abort(signal?.reason);
    signal?.addEventListener("abort", onAbort, { once: true });
    return () => signal?.removeEventListener("abort", onAbort);
  });
  try {
    return await abortable(work(controller.signal), controller.signal);
  } finally {
    clearTimeout(timer);
    for (const release of releases) release();
  }
}

/** One signal may end many calls at once; beyond ten, Node would warn of a leak that is none. */
function expectManyListeners(signal: AbortSignal | undefined): void {
  if (signal === undefined) return;
  try {
    if (getMaxListeners(signal) === defaultMaxListeners) setMaxListeners(10_000, signal);
  } catch {
    // Node 20 can't tell the limit where it is 0, which is none; then there is nothing to raise.
  }
}
