import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { BenchRow } from "@potassium/tooling/bench";
import { peakMemory, tellsPeaks } from "@potassium/tooling/bench/peak-memory";
import { runProgram } from "@potassium/tooling/bench/run-program";
import { takeTurns } from "@potassium/tooling/bench/turns";
import { type BsdiffNodePeer, startBsdiffNode } from "./bsdiff-node.js";
import { bsdiffNodeMemory, ownMemory } from "./own-memory.js";
import { fetchPairs, type Pair } from "./pairs.js";
import { type PatchKind, type PeerProgram, patchKinds } from "./patch-kinds.js";
import { appliedPairs } from "./pinned-pairs.js";

const rounds = 7;

/** Somebody who makes the new file at `newPath`, and the most memory that it takes, in MB. */
interface Contender {
  readonly name: string;
  readonly newPath: string;
  readonly apply: () => Promise<void>;
  readonly memory: () => Promise<number>;
}

/** Patches of neighbouring releases, applied by us in the process and by the peers. */
export async function applyRows(): Promise<BenchRow[]> {
  const pairs = await fetchPairs(appliedPairs);
  await using bsdiffNode = await startBsdiffNode();
  const rows: BenchRow[] = [];
  for (const pair of pairs) {
    await mkdir(pair.cache, { recursive: true });
    const work = await mkdtemp(join(pair.cache, "work-"));
    try {
      for (const kind of patchKinds()) {
        rows.push(...(await compare(pair, await contenders(pair, kind, work, bsdiffNode), kind)));
      }
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  }
  return rows;
}

async function contenders(
  pair: Pair,
  kind: PatchKind,
  work: string,
  bsdiffNode: BsdiffNodePeer | undefined,
): Promise<[ours: Contender, ...peers: Contender[]]> {
  const { oldPath } = pair;
  const patchPath = await keptPatch(pair, kind.name, kind.make);
  const newPath = join(work, "new.ours");
  const peers: Contender[] = [];
  for (const peer of kind.peers) peers.push(await program(pair, patchPath, peer, work));
  if (bsdiffNode !== undefined && kind.engine.algorithm === "bsdiff") {
    const newPath = join(work, "new.bsdiff-node");
    peers.push({
      name: "bsdiff-node",
      newPath,
      apply: () => bsdiffNode.apply({ oldPath, patchPath, newPath }),
      memory: () => bsdiffNodeMemory([oldPath, patchPath, newPath]),
    });
  }
  const ours: Contender = {
    name: "ours",
    newPath,
    apply: async () => {
      await kind.engine.apply(oldPath, patchPath, newPath);
    },
    memory: () => ownMemory(kind, [oldPath, patchPath, newPath]),
  };
  return [ours, ...peers];
}

async function program(
  pair: Pair,
  patchPath: string,
  { name, program, args, make }: PeerProgram,
  work: string,
): Promise<Contender> {
  const path = make === undefined ? patchPath : await keptPatch(pair, name, make);
  const newPath = join(work, `new.${name}`);
  const words = args(pair.oldPath, path, newPath);
  return {
    name: make === undefined ? name : `${name}, its own patch`,
    newPath,
    apply: () => runProgram(program, words),
    memory: () => peakMemory(program, words),
  };
}

/** Made once: what is wrong with one would show in the check of its result. */
async function keptPatch(
  pair: Pair,
  name: string,
  make: (pair: Pair, patchPath: string) => Promise<void>,
): Promise<string> {
  const path = join(pair.cache, `${name.replaceAll(/[^\w]+/g, "-")}.patch`);
  if (existsSync(path)) return path;
  console.error(`making ${path}`);
  await make(pair, `${path}.part`);
  await rename(`${path}.part`, path);
  return path;
}

async function compare(
  pair: Pair,
  [ours, ...peers]: readonly [Contender, ...Contender[]],
  kind: PatchKind,
): Promise<BenchRow[]> {
  const all = [ours, ...peers];
  const remove = (each: Contender) => rm(each.newPath, { force: true });
  for (const each of all) {
    await remove(each);
    await each.apply();
    const digest = createHash("sha256")
      .update(await readFile(each.newPath))
      .digest("hex");
    assert.equal(digest, pair.newSha256, `${each.name} made another file of ${pair.name}`);
  }
  const works = all.map((each) => ({ run: each.apply, prepare: () => remove(each) }));
  const rows: BenchRow[] = [];
  const add = (metric: string, unit: string, [value, ...values]: readonly number[]) => {
    const row = { case: `${pair.name}: ${kind.name}`, metric, unit };
    for (const [index, peer] of peers.entries()) {
      const [ours, peerValue] = [value ?? Number.NaN, values[index] ?? Number.NaN];
      rows.push({ ...row, value: ours, peer: peer.name, peerValue });
    }
  };
  add("apply", "ms", await takeTurns(rounds, works));
  if (tellsPeaks) {
    const peaks: number[] = [];
    for (const each of all) {
      await remove(each);
      peaks.push(await each.memory());
    }
    add("peak memory", "MB", peaks);
  }
  return rows;
}
