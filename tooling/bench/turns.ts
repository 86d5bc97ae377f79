import { median } from "@potassium/tooling/bench";

/** Something to be timed, and what is to be done before each time, untimed. */
export interface Work {
  readonly run: () => Promise<void>;
  readonly prepare: () => Promise<void>;
}

/**
 * Times several ways of doing the same, by turns and each first in some of them, so that a disturbance of
 * the machine meets all.
 *
 * @returns the median of each, in milliseconds, in the order of `works`
 */
export async function takeTurns(rounds: number, works: readonly Work[]): Promise<number[]> {
  const times = works.map((): number[] => []);
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < works.length; turn += 1) {
      const index = (round + turn) % works.length;
      const work = works[index] as Work;
      await work.prepare();
      const start = performance.now();
      await work.run();
      times[index]?.push(performance.now() - start);
    }
  }
  return times.map(median);
}
