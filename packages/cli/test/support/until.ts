import { setTimeout } from "node:timers/promises";

/** Asks again and again until the answer is yes, for 20 seconds at most. */
export async function until(what: string, ask: () => Promise<boolean> | boolean): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (!(await ask())) {
    if (performance.now() > deadline) throw new Error(`waited 20 seconds in vain for ${what}`);
    await setTimeout(20);
  }
}
