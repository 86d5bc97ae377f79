import * as nodeFs from "node:fs/promises";
import { cp, rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { recoverUpdate } from "../../src/recover-update.js";
import { crashingFileSystem } from "../fixture/crashing-file-system.js";
import { everyKind } from "../fixture/every-kind.js";
import { anotherProcess } from "../fixture/memory-site.js";
import { nodeSnapshot, siteSnapshot } from "../fixture/node-snapshot.js";
import { runUpdate } from "../fixture/run-update.js";
import { temporaryFolder } from "../fixture/temporary-folder.js";
import { stageFrom, transactionBetween } from "../fixture/transaction-between.js";
import { writeTree } from "../fixture/write-tree.js";

const { before, after } = everyKind;
const transaction = transactionBetween(before, after, { keepBackup: true });
const [old, made] = [nodeSnapshot(before), nodeSnapshot(after)];

it("an update that stops dead at any of its file operations leaves a whole version on this disk", async () => {
  const folder = await temporaryFolder();
  const pristine = await writeTree(join(folder, "pristine"), before);
  const update = (root: string, crashAt: number) => {
    const fs = crashingFileSystem(crashAt);
    const run = runUpdate(root, transaction, {
      fs,
      owners: anotherProcess(),
      stage: stageFrom(fs, after),
    });
    return { fs, run };
  };
  let [ended, olds, news] = [false, 0, 0];
  // Each fsync takes its time here; in memory every one of these calls is tried.
  for (let crashAt = 1; !ended; crashAt += 5) {
    const root = join(folder, "game");
    await rm(root, { recursive: true, force: true });
    await cp(pristine, root, { recursive: true, verbatimSymlinks: true });
    const { fs, run } = update(root, crashAt);
    await run.then(
      () => undefined,
      () => undefined,
    );
    ended = fs.calls() < crashAt;
    await recoverUpdate(root, { owners: anotherProcess() });
    const found = await siteSnapshot(nodeFs, root);
    const isNew = found["lib/core.so"] !== undefined;
    expect(found).toEqual(isNew ? made : old);
    if (isNew) news++;
    else olds++;
    if (crashAt % 4 !== 1) continue;
    await update(root, Number.POSITIVE_INFINITY).run;
    expect(await siteSnapshot(nodeFs, root)).toEqual(made);
  }
  expect(olds).toBeGreaterThan(10);
  expect(news).toBeGreaterThan(10);
});
