import { setImmediate } from "node:timers/promises";

/** Waits for a condition, looking each time that packets were taken in; `what` is said at the deadline. */
export async function until(what: string, isSo: () => boolean): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!isSo()) {
    if (performance.now() > deadline) throw new Error(`waited in vain: ${what}`);
    await setImmediate();
  }
}
