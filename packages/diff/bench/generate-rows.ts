import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import type { BenchRow } from "@potassium/tooling/bench";
import { compareMakers } from "./compare-makers.js";
import { ownMakers } from "./own-makers.js";
import { fetchPairs } from "./pairs.js";
import { peerMakers } from "./peer-makers.js";
import { generatedPairs } from "./pinned-pairs.js";

const rounds = 3;

/** Patches between neighbouring releases, made by us and by the peers. */
export async function generateRows(): Promise<BenchRow[]> {
  const pairs = await fetchPairs(generatedPairs);
  const peers = peerMakers();
  const rows: BenchRow[] = [];
  for (const pair of pairs) {
    await mkdir(pair.cache, { recursive: true });
    const work = await mkdtemp(join(pair.cache, "work-"));
    try {
      rows.push(...(await compareMakers({ ...pair, work, rounds }, ownMakers, peers)));
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  }
  return rows;
}
