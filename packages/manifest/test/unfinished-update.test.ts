import { expect, it } from "vitest";
import { recoverUpdate } from "../src/recover-update.js";
import { unfinishedUpdate } from "../src/unfinished-update.js";
import { crashStates } from "./fixture/crash-states.js";
import { installedDisk, onDisk, root } from "./fixture/memory-site.js";
import { type Nodes, sha256, siteSnapshot } from "./fixture/node-snapshot.js";
import { rejectionOf } from "./fixture/rejection-of.js";
import { runUpdate } from "./fixture/run-update.js";
import { temporaryFolder } from "./fixture/temporary-folder.js";
import { stageFrom, transactionBetween } from "./fixture/transaction-between.js";

const before: Nodes = { "a.txt": "old a", "b.txt": "old b" };
const after: Nodes = { "a.txt": "new a", "b.txt": "new b" };

it("unfinishedUpdate() tells every update that was cut off with files of both versions, and writes nothing", async () => {
  const disk = await installedDisk(before);
  const update = () =>
    runUpdate(root, transactionBetween(before, after), {
      ...onDisk(disk),
      stage: stageFrom(disk.fs, after),
    });
  let mixed = 0;
  for (const state of await crashStates(disk, update)) {
    const { fs } = onDisk(state);
    const key = state.key();
    const unfinished = await unfinishedUpdate(root, { fs });
    expect(state.key()).toBe(key);
    const snapshot = await siteSnapshot(state.fs, root);
    const isMixed =
      (snapshot["a.txt"] === sha256("new a")) !== (snapshot["b.txt"] === sha256("new b"));
    if (isMixed) {
      mixed += 1;
      expect(unfinished).toEqual({ fromVersion: "1.0.0", toVersion: "1.1.0" });
    }
    const { state: found } = await recoverUpdate(root, onDisk(state));
    const wasCutOff = found === "completed" || found === "undone";
    expect(unfinished !== undefined).toBe(wasCutOff);
    expect(await unfinishedUpdate(root, { fs })).toBeUndefined();
  }
  expect(mixed).toBeGreaterThan(0);
});

it("unfinishedUpdate() tells nothing where no update was, and rejects with NOT_FOUND without a folder", async () => {
  const folder = await temporaryFolder();
  expect(await unfinishedUpdate(folder)).toBeUndefined();
  expect(await rejectionOf(() => unfinishedUpdate(`${folder}/none`))).toMatchObject({
    code: "NOT_FOUND",
  });
});
