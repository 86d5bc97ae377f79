import { mkdir, mkdtemp, rm, statfs } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { BenchRow } from "@potassium/tooling/bench";
import { compareMakers } from "./compare-makers.js";
import { type LargePair, largePair } from "./large-pairs.js";
import { ownLargeMakers } from "./own-makers.js";
import { cache, fetchPairs } from "./pairs.js";
import { largePeerMakers } from "./peer-makers.js";
import { generatedPairs } from "./pinned-pairs.js";
import { releaseArchive } from "./release-archive.js";
import { sha256Of } from "./sha256-of.js";

/** Patches between generated files of 2 GiB, made in bounded memory. */
export async function largeRows(): Promise<BenchRow[]> {
  const mixed = await compareLarge(2, () => largePair(2, cache));
  const pairs = await fetchPairs(generatedPairs);
  return [...mixed, ...(await compareLarge(2, () => releaseArchive(2, cache, pairs)))];
}

/** Of 8 GiB. */
export const large8Rows = (): Promise<BenchRow[]> => compareLarge(8, () => largePair(8, cache));

/** Once: what takes a minute is not disturbed by a moment, and all together take long enough. */
async function compareLarge(
  gibibytes: number,
  make: () => Promise<LargePair>,
): Promise<BenchRow[]> {
  if (!(await hasRoom(gibibytes))) return [];
  const { name, oldPath, newPath } = await make();
  const work = await mkdtemp(join(dirname(newPath), "work-"));
  try {
    const newSha256 = await sha256Of(newPath);
    const task = { name, oldPath, newPath, newSha256, work, rounds: 1 };
    return await compareMakers(task, ownLargeMakers, largePeerMakers());
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** The pair, the new file once more, and patches. That there is no room is said loudly. */
async function hasRoom(gibibytes: number): Promise<boolean> {
  await mkdir(cache, { recursive: true });
  const { bavail, bsize } = await statfs(cache);
  const [free, needed] = [bavail * bsize, 3.5 * gibibytes * 2 ** 30].map((bytes) =>
    (bytes / 1e9).toFixed(1),
  );
  console.error(
    `a pair of ${gibibytes} GiB takes ${needed} GB in ${cache}, and keeps two thirds of it`,
  );
  if (Number(free) >= Number(needed)) return true;
  console.error(
    `SKIPPED, no pair of ${gibibytes} GiB is measured: only ${free} GB are free in ${cache}`,
  );
  return false;
}
