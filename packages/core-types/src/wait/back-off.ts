/** How long to wait between tries. */
export interface BackOffOptions {
  /** Wait before the second try, in milliseconds. @default 100 */
  readonly minMs?: number | undefined;
  /** Longest wait, in milliseconds. @default 10_000 */
  readonly maxMs?: number | undefined;
  /** Source of the jitter, in [0, 1). @default Math.random */
  readonly random?: (() => number) | undefined;
}

/**
 * The wait in milliseconds after try number `attempt` (from 1) failed: doubled each time up to a
 * bound, then shortened by up to a half at random, so that many clients don't return together.
 */
export function backOffMs(attempt: number, options: BackOffOptions = {}): number {
  const { minMs = 100, maxMs = 10_000, random = Math.random } = options;
  const full = Math.min(maxMs, minMs * 2 ** Math.min(Math.max(0, attempt - 1), 52));
  return Math.round(full * (1 - random() / 2));
}
