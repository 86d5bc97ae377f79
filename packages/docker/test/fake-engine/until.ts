import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";

/** Waits until `holds` does, for 20 seconds at most. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (!(await holds())) {
    if (performance.now() > deadline) assert.fail(`waited 20 seconds in vain: ${what}`);
    await setTimeout(5);
  }
}
