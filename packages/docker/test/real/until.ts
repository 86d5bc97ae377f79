import { setTimeout } from "node:timers/promises";

/** Asks again and again until the answer is neither `undefined` nor false, for 20 seconds at most. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined | false> | T | undefined | false,
): Promise<T> {
  const deadline = performance.now() + 20_000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (performance.now() > deadline) throw new Error(`waited 20 seconds in vain for ${what}`);
    await setTimeout(20);
  }
}
