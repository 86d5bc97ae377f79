import { delay } from "../../wait/delay.js";
import type { Attempts } from "./attempts.js";

export interface RepeatOptions {
  /** What each try does, for the message: `tcp 127.0.0.1:25565`. */
  readonly what: string;
  readonly intervalMs: number;
  readonly attempts: Attempts;
  readonly signal: AbortSignal;
}

/** How long one try may take before the next begins. */
const tryTimeoutMs = 2000;

/** Tries until a try passes. A try that rejects has not passed. */
export async function repeatUntilPassed(
  options: RepeatOptions,
  tryOnce: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const { what, intervalMs, attempts, signal } = options;
  for (;;) {
    signal.throwIfAborted();
    const problem = await attempt(tryOnce, Math.max(intervalMs, tryTimeoutMs), signal);
    if (problem === undefined) return;
    if (signal.aborted && problem.error === signal.reason) attempts.cutOff(what, problem.error);
    else attempts.failed(what, problem.error);
    await delay(intervalMs, { signal });
  }
}

async function attempt(
  tryOnce: (signal: AbortSignal) => Promise<void>,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<{ readonly error: unknown } | undefined> {
  const controller = new AbortController();
  const onAbort = () => controller.abort(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  const timer = setTimeout(
    () => controller.abort(new Error(`no answer within ${timeoutMs} ms`)),
    timeoutMs,
  );
  try {
    await tryOnce(controller.signal);
    return undefined;
  } catch (error) {
    return { error };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
  }
}
