import { maxTimerMs } from "../option/whole-number.js";

/** The time as a keeper sees it. */
export interface KeeperClock {
  /** Milliseconds on a clock that only rises. */
  readonly now: () => number;
  /**
   * Calls `run` once, after `ms` milliseconds at the earliest; what is returned takes that back. A call
   * that comes early does no harm: the keeper looks at `now`.
   */
  readonly after: (ms: number, run: () => void) => () => void;
}

/** The process's monotonic clock and its timers. */
export const systemClock: KeeperClock = Object.freeze({
  now: () => performance.now(),
  after: (ms: number, run: () => void) => {
    const timer = setTimeout(run, Math.min(Math.ceil(ms), maxTimerMs));
    return () => clearTimeout(timer);
  },
});
