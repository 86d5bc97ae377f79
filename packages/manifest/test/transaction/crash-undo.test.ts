import { expect, it } from "vitest";
import { installedVersion } from "../../src/installed-version.js";
import { recoverUpdate } from "../../src/recover-update.js";
import { removeTree } from "../../src/transaction/remove-tree.js";
import { crashStates } from "../fixture/crash-states.js";
import { everyKind } from "../fixture/every-kind.js";
import type { MemoryDisk } from "../fixture/memory-disk/memory-disk.js";
import { installedDisk, onDisk, root } from "../fixture/memory-site.js";
import { nodeSnapshot, siteSnapshot } from "../fixture/node-snapshot.js";
import { runUpdate } from "../fixture/run-update.js";
import { stageFrom, transactionBetween } from "../fixture/transaction-between.js";

const { before, after } = everyKind;
const forward = transactionBetween(before, after);
const [old, made] = [nodeSnapshot(before), nodeSnapshot(after)];

it.each([
  { traits: {}, every: 4 },
  { traits: { linkless: true }, every: 12 },
])(
  "what was cut off and whose stage is lost is taken back from the backup, however often that is cut off (%o)",
  async ({ traits, every }) => {
    const disk = await installedDisk(before, traits);
    const known = new Set<string>();
    const isNew = (at: MemoryDisk) => known.size < known.add(at.key()).size;
    const update = () =>
      runUpdate(root, forward, { ...onDisk(disk), stage: stageFrom(disk.fs, after) });
    const states = await crashStates(disk, update);
    const outcomes = new Set<string>();
    const open: MemoryDisk[] = [];
    // Each of these leads to many others.
    for (const state of states.filter((_, index) => index % every === 0)) {
      const names = await state.fs.readdir(`${root}/.potassium`).catch((): string[] => []);
      if (!names.includes("journal.json")) continue;
      await removeTree(state.fs, `${root}/.potassium/stage`);
      if (isNew(state)) open.push(state);
    }
    expect(open.length).toBeGreaterThan(5);
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      const state = at;
      const recover = async () => {
        outcomes.add((await recoverUpdate(root, onDisk(state))).state);
      };
      open.push(...(await crashStates(state, recover, isNew)));
      const { version } = (await installedVersion(root, { fs: state.fs })) ?? {};
      const snapshot = await siteSnapshot(state.fs, root);
      expect(snapshot).toEqual(version === undefined ? old : made);
    }
    expect([...outcomes].sort()).toEqual(expect.arrayContaining(["completed", "undone"]));
  },
);
