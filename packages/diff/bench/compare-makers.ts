import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { type BenchRow, median } from "@potassium/tooling/bench";
import { type Measurement, measuredRun } from "@potassium/tooling/bench/measured-run";
import { tellsPeaks } from "@potassium/tooling/bench/peak-memory";
import { type PatchMaker, sizeOf } from "./patch-maker.js";
import { sha256Of } from "./sha256-of.js";

/** What patches are made of. */
export interface MakersTask {
  readonly name: string;
  readonly oldPath: string;
  readonly newPath: string;
  readonly newSha256: string;
  /** A folder for patches and what they make. */
  readonly work: string;
  readonly rounds: number;
}

/** What one maker came to: medians. */
interface Result extends Measurement {
  readonly name: string;
  readonly patchBytes: number;
}

/**
 * Has each of `own` and `peers` make a patch, by turns, so that a disturbance of the machine meets all. The first patch of
 * each must make the new file.
 */
export async function compareMakers(
  task: MakersTask,
  own: readonly PatchMaker[],
  peers: readonly PatchMaker[],
): Promise<BenchRow[]> {
  console.error(
    `${task.name}: ${await sizeOf(task.oldPath)} to ${await sizeOf(task.newPath)} bytes`,
  );
  const results = await measureAll(task, [...own, ...peers]);
  const ours = results.slice(0, own.length);
  const theirs = results.slice(own.length);
  return ours.flatMap((one, turn) =>
    theirs.flatMap((other, peer) => {
      const isDrawn = peer === 0 && own[turn]?.isDefault === true;
      return rowsOf(task.name, one, other).map((row) => ({ ...row, isDrawn }));
    }),
  );
}

async function measureAll(task: MakersTask, makers: readonly PatchMaker[]): Promise<Result[]> {
  const runs = makers.map((): Measurement[] => []);
  const sizes = new Map<PatchMaker, number>();
  for (let round = 0; round < task.rounds; round += 1) {
    for (let turn = 0; turn < makers.length; turn += 1) {
      const index = (round + turn) % makers.length;
      const maker = makers[index] as PatchMaker;
      if (round > 0 && maker.isSlow) continue;
      const patchPath = join(task.work, "patch");
      const run = await measuredRun(maker.command(task.oldPath, task.newPath, patchPath));
      runs[index]?.push(run);
      const patchBytes = await sizeOf(patchPath);
      console.error(`  ${maker.name}: ${patchBytes} bytes, ${shown(run)}`);
      if (round === 0) await check(task, maker, patchPath);
      sizes.set(maker, patchBytes);
      await rm(patchPath);
    }
  }
  return makers.map((maker, index) => {
    const { name } = maker;
    const patchBytes = sizes.get(maker) ?? Number.NaN;
    const seconds = median((runs[index] ?? []).map((run) => run.seconds));
    const peakMb = median((runs[index] ?? []).map((run) => run.peakMb));
    return { name, patchBytes, seconds, peakMb };
  });
}

const shown = ({ seconds, peakMb }: Measurement): string =>
  `${seconds.toFixed(2)} s, ${peakMb.toFixed(0)} MB`;

async function check(task: MakersTask, maker: PatchMaker, patchPath: string): Promise<void> {
  const madePath = join(task.work, "made");
  await maker.apply(task.oldPath, patchPath, madePath);
  const problem = `the patch of ${maker.name} makes another file of ${task.name}`;
  assert.equal(await sha256Of(madePath), task.newSha256, problem);
  await rm(madePath);
}

function rowsOf(name: string, ours: Result, theirs: Result): BenchRow[] {
  const row = (metric: string, unit: string, value: number, peerValue: number): BenchRow => ({
    ...{ case: `${name}: ${ours.name}`, metric, unit, value },
    ...{ peer: theirs.name, peerValue },
  });
  return [
    row("patch", "bytes", ours.patchBytes, theirs.patchBytes),
    row("generate", "s", ours.seconds, theirs.seconds),
    ...(tellsPeaks ? [row("peak memory", "MB", ours.peakMb, theirs.peakMb)] : []),
  ];
}
