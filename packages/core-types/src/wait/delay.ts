import type { AbortOptions } from "./abort-options.js";

/** The longest time that a timer of Node takes; it fires at once where it is given more. */
const maxTimerMs = 2 ** 31 - 1;

/** Resolves after `ms` milliseconds, or rejects with `signal.reason` if that comes first. Over 24 days count as 24. */
export function delay(ms: number, options: AbortOptions = {}): Promise<void> {
  const { signal } = options;
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(
      () => {
        signal?.removeEventListener("abort", onAbort);
        resolve();
      },
      Math.min(ms, maxTimerMs),
    );
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}
