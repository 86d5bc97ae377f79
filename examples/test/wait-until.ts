import { delay } from "@potassium/core-types";

/** Asks again and again until the answer is true, for 20 seconds at most. */
export async function waitUntil(
  what: string,
  ask: () => Promise<boolean> | boolean,
): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (!(await ask())) {
    if (performance.now() > deadline) throw new Error(`waited 20 seconds in vain until ${what}`);
    await delay(20);
  }
}
