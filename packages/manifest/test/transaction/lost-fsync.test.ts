import { expect, it } from "vitest";
import type { Change } from "../fixture/memory-disk/memory-disk.js";
import { losePowerAt, updateSteps } from "../fixture/power-losses.js";

/** The fsyncs of an update, in their order, and at which step each is done. */
async function fsyncsOf(keepBackup: boolean) {
  const fsyncs: { readonly path: string; readonly step: number }[] = [];
  let step = 0;
  const note = ({ call, path }: Change) => {
    if (call === "fsync") fsyncs.push({ path, step });
    step++;
    return false;
  };
  await updateSteps({ keepBackup, leavesOut: note });
  return fsyncs;
}

/** Whether a loss of power somewhere harms an installation whose update does all fsyncs but that at one step. */
async function isHarmedWithout(
  step: number,
  commit: number,
  keepBackup: boolean,
): Promise<boolean> {
  let count = 0;
  const steps = await updateSteps({ keepBackup, leavesOut: () => count++ === step });
  const end = { version: "1.1.0", rollsBack: keepBackup };
  const last = steps.length - 1;
  const near = [step, commit].flatMap((first) =>
    Array.from({ length: 5 }, (_, index) => Math.min(first + 1 + index, last)),
  );
  const places: readonly (readonly [number, number])[] = [
    [last, 8],
    ...near.map((index) => [index, 40] as const),
    ...[...steps.keys()].map((index) => [index, 2] as const),
  ];
  try {
    for (const [index, seeds] of places) await losePowerAt(steps, index, seeds, end);
    return false;
  } catch {
    return true;
  }
}

it.each([false, true])(
  "an update that leaves out any one of its fsyncs is harmed by a loss of power (backup kept: %s)",
  async (keepBackup) => {
    const fsyncs = await fsyncsOf(keepBackup);
    expect(fsyncs.length).toBeGreaterThan(30);
    const commit = fsyncs.find(({ path }) => path.endsWith("journal.json.tmp"))?.step ?? 0;
    const harmless: string[] = [];
    // What comes before the record of the version is the same for both.
    const tried = keepBackup ? fsyncs : fsyncs.slice(-4);
    for (const { path, step } of tried) {
      if (!(await isHarmedWithout(step, commit, keepBackup))) harmless.push(path);
    }
    expect(harmless).toEqual([]);
  },
);
