import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { generateKeyPair } from "@potassium/manifest";
import { type BenchRow, median } from "@potassium/tooling/bench";
import { type Measurement, measuredRun } from "@potassium/tooling/bench/measured-run";
import { tellsPeaks } from "@potassium/tooling/bench/peak-memory";
import { type Contender, ownContenders, peerContenders } from "./contenders.js";
import { expectRelease } from "./expect-release.js";
import { hashRows } from "./hash-rows.js";
import { bytesOf, type PreparedPair, preparePair } from "./prepared-pair.js";
import { cache, fetchReleasePairs } from "./release-pairs.js";

const applyRounds = 5;

/** Whole releases: what an update weighs, what making and applying it takes, and how fast a tree is hashed. */
export async function updateRows(): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const pair of await fetchReleasePairs()) {
    await mkdir(cache, { recursive: true });
    const work = await mkdtemp(join(cache, "work-"));
    try {
      const prepared = await preparePair(pair, work);
      const { name, newFiles, newBytes } = prepared;
      console.error(`${name}: ${newFiles} files, ${newBytes} bytes`);
      rows.push(...(await compare(prepared)), ...(await hashRows(prepared)));
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  }
  return rows;
}

/** What one contender came to. */
interface Result {
  readonly contender: Contender;
  readonly updateBytes: number;
  readonly build: Measurement;
  /** By its way of applying; medians. */
  readonly apply: ReadonlyMap<string, Measurement>;
}

async function compare(pair: PreparedPair): Promise<BenchRow[]> {
  const own = ownContenders(pair, generateKeyPair());
  const all = [...own, ...peerContenders(pair)];
  const built = new Map<Contender, { updateBytes: number; build: Measurement }>();
  for (const contender of all) {
    const build = await measuredRun(contender.build);
    built.set(contender, { updateBytes: await bytesOf(contender.update), build });
  }
  const applied = await applyAll(pair, all);
  const results = all.map((contender): Result => {
    const { updateBytes, build } = built.get(contender) as {
      updateBytes: number;
      build: Measurement;
    };
    const apply = applied.get(contender) ?? new Map<string, Measurement>();
    const times = [...apply].map(
      ([way, { seconds, peakMb }]) => `${way} ${seconds.toFixed(2)} s, ${peakMb.toFixed(0)} MB`,
    );
    console.error(
      `  ${contender.name}: ${updateBytes} bytes; built in ${build.seconds.toFixed(1)} s, ${build.peakMb.toFixed(0)} MB; applied: ${times.join("; ")}`,
    );
    return { contender, updateBytes, build, apply };
  });
  const ours = results.slice(0, own.length);
  const theirs = results.slice(own.length);
  return ours.flatMap((one) => theirs.flatMap((other) => rowsOf(pair.name, one, other)));
}

/** By turns, so that a disturbance of the machine meets all; what the first turn makes is looked at. */
async function applyAll(
  pair: PreparedPair,
  all: readonly Contender[],
): Promise<Map<Contender, Map<string, Measurement>>> {
  const works = all.flatMap((contender) =>
    Object.entries(contender.apply).map(([way, apply]) => ({
      contender,
      way,
      apply,
      runs: [] as Measurement[],
    })),
  );
  for (let round = 0; round < applyRounds; round += 1) {
    for (let turn = 0; turn < works.length; turn += 1) {
      const work = works[(round + turn) % works.length] as (typeof works)[number];
      const { contender, apply, way } = work;
      await rm(apply.root, { recursive: true, force: true });
      await apply.prepare();
      work.runs.push(await measuredRun(apply.command));
      if (round > 0) continue;
      const { modes } = apply;
      await expectRelease(`${contender.name}, ${way},`, apply.root, pair.full, { modes });
    }
  }
  const medians = new Map<Contender, Map<string, Measurement>>();
  for (const { contender, way, runs } of works) {
    const ways = medians.get(contender) ?? new Map<string, Measurement>();
    medians.set(contender, ways);
    ways.set(way, {
      seconds: median(runs.map((run) => run.seconds)),
      peakMb: median(runs.map((run) => run.peakMb)),
    });
  }
  return medians;
}

function rowsOf(pair: string, ours: Result, theirs: Result): BenchRow[] {
  const peer = theirs.contender.name;
  const row = (metric: string, unit: string, value: number, peerValue: number): BenchRow => ({
    ...{ case: `${pair}: ${ours.contender.name}`, metric, unit, value },
    ...{ peer, peerValue },
  });
  const rows = [row("update", "bytes", ours.updateBytes, theirs.updateBytes)];
  if (!theirs.contender.isWhole) {
    rows.push(row("build", "s", ours.build.seconds, theirs.build.seconds));
    if (tellsPeaks)
      rows.push(row("build: peak memory", "MB", ours.build.peakMb, theirs.build.peakMb));
  }
  for (const [way, one] of ours.apply) {
    for (const [peerWay, other] of theirs.apply) {
      // In place beside in place; an archive has only one way.
      if (!theirs.contender.isWhole && !peerWay.startsWith(way)) continue;
      const metric = `apply ${way}`;
      const named = { peer: `${peer}, ${peerWay}` };
      rows.push({ ...row(metric, "s", one.seconds, other.seconds), ...named });
      if (!tellsPeaks || theirs.contender.apply[peerWay]?.isPiped) continue;
      rows.push({ ...row(`${metric}: peak memory`, "MB", one.peakMb, other.peakMb), ...named });
    }
  }
  return rows;
}
