import { expect, it } from "vitest";
import { installedVersion } from "../../src/installed-version.js";
import { recoverUpdate } from "../../src/recover-update.js";
import { rollbackUpdate } from "../../src/rollback-update.js";
import { crashStates } from "../fixture/crash-states.js";
import { everyKind } from "../fixture/every-kind.js";
import type { DiskTraits, MemoryDisk } from "../fixture/memory-disk/memory-disk.js";
import { installedDisk, onDisk, root } from "../fixture/memory-site.js";
import { siteSnapshot } from "../fixture/node-snapshot.js";
import { runUpdate } from "../fixture/run-update.js";
import { stageFrom, transactionBetween } from "../fixture/transaction-between.js";

const { before, after } = everyKind;
const forward = transactionBetween(before, after, { keepBackup: true });

interface System {
  readonly name: string;
  readonly traits: DiskTraits;
  readonly system: NodeJS.Platform;
}

const systems: readonly System[] = [
  { name: "a POSIX system", traits: {}, system: "linux" },
  { name: "one without hard links", traits: { linkless: true }, system: "linux" },
  { name: "one that tells no case apart", traits: { folds: true }, system: "darwin" },
  {
    name: "one with Windows' rules",
    traits: { folds: true, closedFolders: true, bitless: true },
    system: "win32",
  },
];

it.each(systems)(
  "an update and a rollback that stop dead anywhere, any number of times, leave a whole version on $name",
  async ({ traits, system }) => {
    const disk = await installedDisk(before, traits);
    const versions = {
      "1.0.0": await siteSnapshot(disk.fs, root),
      "1.1.0": await siteSnapshot((await installedDisk(after, traits)).fs, root),
    };
    const on = (at: MemoryDisk) => onDisk(at, { system });
    const update = (at: MemoryDisk) =>
      runUpdate(root, forward, { ...on(at), stage: stageFrom(at.fs, after) });

    const known = new Set<string>();
    const isNew = (at: MemoryDisk) => known.size < known.add(at.key()).size;
    const open = [...(await crashStates(disk, () => update(disk), isNew))];
    expect(await siteSnapshot(disk.fs, root)).toEqual(versions["1.1.0"]);
    open.push(...(await crashStates(disk, () => rollbackUpdate(root, on(disk)), isNew)));
    expect(await siteSnapshot(disk.fs, root)).toEqual(versions["1.0.0"]);
    expect(open.length).toBeGreaterThan(200);

    // Recovery is started from each state, and from each of its own states again, until there are no others.
    const ends = new Map<string, MemoryDisk>();
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      const state = at;
      const recover = async () => {
        // It finishes what it finds: to take back is for what can't be finished.
        expect((await recoverUpdate(root, on(state))).state).not.toBe("undone");
      };
      open.push(...(await crashStates(state, recover, isNew)));
      ends.set(state.key(), state);
    }
    for (const end of ends.values()) {
      const version = await wholeVersion(end);
      expect(await recoverUpdate(root, on(end))).toEqual({ state: "nothing" });
      // From there the update can be made again.
      if (version === "1.0.0") await update(end);
      else await rollbackUpdate(root, on(end));
      expect(await wholeVersion(end)).not.toBe(version);
    }

    async function wholeVersion(at: MemoryDisk): Promise<string> {
      const { version = "1.0.0" } = (await installedVersion(root, { fs: at.fs, system })) ?? {};
      const snapshot = await siteSnapshot(at.fs, root);
      expect(snapshot).toEqual(versions[version as keyof typeof versions]);
      return version;
    }
  },
);
