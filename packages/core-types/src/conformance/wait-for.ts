import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";

/** Asks again and again until the answer is neither `undefined` nor false, for 20 seconds at most. */
export async function waitFor<T>(
  what: string,
  ask: () => Promise<T | undefined | false> | T | undefined | false,
): Promise<T> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > deadline) assert.fail(`waited 20 seconds in vain for ${what}`);
    await setTimeout(20);
  }
}
