import { expect, it } from "vitest";
import { recoverUpdate } from "../../src/recover-update.js";
import { crashStates } from "../fixture/crash-states.js";
import { lucks } from "../fixture/memory-disk/lucks.js";
import type { MemoryDisk } from "../fixture/memory-disk/memory-disk.js";
import { onDisk, root } from "../fixture/memory-site.js";
import { losePowerAt, updateSteps } from "../fixture/power-losses.js";

it.each([{}, { linkless: true }])(
  "a second loss of power during the recovery from one leaves a whole version too (%o)",
  async (traits) => {
    const updating = await updateSteps({ keepBackup: false, traits });
    let losses = 0;
    for (let index = 90; index < updating.length; index += 20) {
      for (const luck of lucks(index, 3)) {
        const disk = updating[index]?.afterPowerLoss(luck) as MemoryDisk;
        const recovering = await crashStates(disk, () => recoverUpdate(root, onDisk(disk)));
        for (let at = index % 5; at < recovering.length - 1; at += 5) {
          await losePowerAt(recovering, at, 2, { version: "", rollsBack: false });
          losses++;
        }
      }
    }
    expect(losses).toBeGreaterThan(100);
  },
);
