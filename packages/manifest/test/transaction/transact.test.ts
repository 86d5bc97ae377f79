import { describe, expect, it } from "vitest";
import { installedVersion } from "../../src/installed-version.js";
import { recoverUpdate } from "../../src/recover-update.js";
import { rollbackUpdate } from "../../src/rollback-update.js";
import { everyKind } from "../fixture/every-kind.js";
import { installedDisk, onDisk, root } from "../fixture/memory-site.js";
import { nodeSnapshot, siteSnapshot } from "../fixture/node-snapshot.js";
import { runUpdate } from "../fixture/run-update.js";
import { stageFrom, transactionBetween } from "../fixture/transaction-between.js";

const { before, after } = everyKind;
const all = transactionBetween(before, after);

const systems = {
  "a POSIX system": [{}, "linux"],
  "one without hard links": [{ linkless: true }, "linux"],
  "one that tells no case apart": [{ folds: true }, "darwin"],
  "one with Windows' rules": [{ folds: true, closedFolders: true, bitless: true }, "win32"],
} as const;

describe.each(Object.entries(systems))("transact() on %s", (_, [traits, system]) => {
  it("does everything that an update can do, and rollbackUpdate() takes it back", async () => {
    const disk = await installedDisk(before, traits);
    const { fs } = disk;
    const start = await siteSnapshot(fs, root);
    const wanted = await siteSnapshot((await installedDisk(after, traits)).fs, root);
    const options = { ...onDisk(disk, { system }), stage: stageFrom(fs, after) };
    await runUpdate(root, { ...all, keepBackup: true }, options);
    expect(await siteSnapshot(fs, root)).toEqual(wanted);
    expect((await installedVersion(root, { fs, system }))?.version).toBe("1.1.0");
    expect(await rollbackUpdate(root, onDisk(disk, { system }))).toBe("1.0.0");
    expect(await siteSnapshot(fs, root)).toEqual(start);
    expect(await recoverUpdate(root, onDisk(disk, { system }))).toEqual({ state: "nothing" });
    expect((await fs.readdir(`${root}/.potassium`)).sort()).toEqual([
      "backup",
      "installed.json",
      "lock",
      "stage",
    ]);
  });
});

it("nodeSnapshot() tells of nodes what siteSnapshot() tells of them on a disk", async () => {
  expect(await siteSnapshot((await installedDisk(before)).fs, root)).toEqual(nodeSnapshot(before));
});
