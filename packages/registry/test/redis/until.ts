import { setTimeout } from "node:timers/promises";

/** Waits for a condition, asked again and again; fails after the deadline. */
export async function until(
  condition: () => Promise<boolean> | boolean,
  deadlineMs = 20_000,
): Promise<void> {
  const end = Date.now() + deadlineMs;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`not so within ${deadlineMs} ms: ${condition}`);
    await setTimeout(20);
  }
}
