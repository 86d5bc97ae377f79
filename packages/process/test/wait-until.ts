import { setTimeout } from "node:timers/promises";
import { expect } from "vitest";
import { identifyProcess } from "../src/system/process-identity.js";

/** Asks again and again until the answer is neither undefined nor false, for 20 seconds at most. */
export async function waitUntil<T>(
  what: string,
  ask: () => Promise<T | undefined | false> | T | undefined | false,
): Promise<T> {
  const deadline = performance.now() + 20_000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (performance.now() > deadline) return expect.fail(`waited 20 seconds in vain for ${what}`);
    await setTimeout(20);
  }
}

/** Waits until no process has the number any more. */
export async function waitUntilGone(pid: number): Promise<void> {
  await waitUntil(
    `the end of process ${pid}`,
    async () => (await identifyProcess(pid)) === undefined,
  );
}
