import { backOffMs, delay } from "@potassium/core-types";

/** How a piece of work is tried again. */
export interface RetryPolicy {
  /** Tries after the first. */
  readonly retries: number;
  readonly random: () => number;
  /** Ends the waits between tries; nothing is tried after it. */
  readonly signal: AbortSignal;
  /** Told of each failure; answers whether another try may help. */
  readonly onFailure: (error: unknown) => boolean;
}

/** Runs `attempt` until it succeeds, fails for good, or there are no tries left. */
export async function withRetries<T>(policy: RetryPolicy, attempt: () => Promise<T>): Promise<T> {
  const { retries, random, signal, onFailure } = policy;
  for (let tried = 1; ; tried += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (signal.aborted || !onFailure(error) || tried > retries) throw error;
    }
    await delay(backOffMs(tried, { maxMs: 2_000, random }), { signal });
  }
}
