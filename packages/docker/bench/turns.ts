import { median } from "@potassium/tooling/bench";

/** Medians of what took turns, in milliseconds. */
export interface Turns {
  readonly ours: number;
  readonly peer: number;
}

/**
 * Times two ways of doing the same, by turns and each first in half of them, so that a disturbance of the
 * machine meets both. Each is done once before, untimed.
 */
export async function takeTurns(
  rounds: number,
  ours: () => Promise<unknown>,
  peer: () => Promise<unknown>,
): Promise<Turns> {
  await ours();
  await peer();
  const times = { ours: [] as number[], peer: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    const order = round % 2 === 0 ? (["ours", "peer"] as const) : (["peer", "ours"] as const);
    for (const who of order) times[who].push(await timeOf(who === "ours" ? ours : peer));
  }
  return { ours: median(times.ours), peer: median(times.peer) };
}

/** Milliseconds that it takes. */
export async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
