import { expect, it } from "vitest";
import type { MemoryDisk } from "../fixture/memory-disk/memory-disk.js";
import {
  losePowerAt,
  rollbackSteps,
  type UpdateRun,
  updateSteps,
} from "../fixture/power-losses.js";

it.each<UpdateRun>([
  { keepBackup: false },
  { keepBackup: true },
  { keepBackup: true, traits: { linkless: true } },
])(
  "a loss of power at any step of an update or a rollback leaves a whole version (%o)",
  async (run) => {
    const updating = await updateSteps(run);
    expect(updating.length).toBeGreaterThan(150);
    // Without second names a rename that is torn may take a file of the backup with it, never one of the update.
    const rollsBack = run.keepBackup && run.traits?.linkless !== true;
    const end = { version: "1.1.0", rollsBack };
    // Copies take their time.
    const seeds = run.traits?.linkless ? 2 : 3;
    for (const index of updating.keys()) await losePowerAt(updating, index, seeds, end);
    if (!run.keepBackup) return;
    const rolling = await rollbackSteps((updating.at(-1) as MemoryDisk).clone());
    const start = { version: "1.0.0", rollsBack: false };
    for (const index of rolling.keys()) await losePowerAt(rolling, index, seeds, start);
  },
);
