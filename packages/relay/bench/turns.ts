import { median } from "@potassium/tooling/bench";

/**
 * Times several ways of doing the same, by turns and each first in some of them, so that a disturbance of
 * the machine meets all. Each is done once before, untimed.
 *
 * @returns the median of each, in milliseconds.
 */
export async function takeTurns<Name extends string>(
  rounds: number,
  works: Readonly<Record<Name, () => Promise<void>>>,
  prepare: () => Promise<void> = async () => {},
): Promise<Record<Name, number>> {
  const names = Object.keys(works) as Name[];
  const times = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let round = -1; round < rounds; round += 1) {
    const first = (round + 1) % names.length;
    for (const name of [...names.slice(first), ...names.slice(0, first)]) {
      await prepare();
      const start = performance.now();
      await works[name]();
      if (round >= 0) times.get(name)?.push(performance.now() - start);
    }
  }
  const medians = [...times].map(([name, samples]) => [name, median(samples)]);
  return Object.fromEntries(medians) as Record<Name, number>;
}
