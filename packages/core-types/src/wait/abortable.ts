/**
 * Settles as `promise` does, or rejects with `signal.reason` as soon as `signal` aborts. The work
 * behind `promise` is not stopped by this: what it produces late is the caller's to dispose of.
 */
export async function abortable<T>(promise: PromiseLike<T>, signal?: AbortSignal): Promise<T> {
  if (signal === undefined) return promise;
  let onAbort: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort, { once: true });
  });
  try {
    return await Promise.race([aborted, promise]);
  } finally {
    if (onAbort !== undefined) signal.removeEventListener("abort", onAbort);
    // Without this, a promise that rejects after the abort would be an unhandled rejection.
    Promise.resolve(promise).catch(() => {});
  }
}
