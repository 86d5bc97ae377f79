import { writeFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { recoverUpdate } from "../src/recover-update.js";
import { withLock } from "../src/transaction/lock.js";
import { removeTree } from "../src/transaction/remove-tree.js";
import { openSite } from "../src/transaction/site.js";
import { transact } from "../src/transaction/transact.js";
import { crashStates } from "./fixture/crash-states.js";
import type { MemoryDisk } from "./fixture/memory-disk/memory-disk.js";
import { installedDisk, onDisk, root } from "./fixture/memory-site.js";
import { type Nodes, nodeSnapshot, sha256, siteSnapshot } from "./fixture/node-snapshot.js";
import { rejectionOf } from "./fixture/rejection-of.js";
import { runUpdate } from "./fixture/run-update.js";
import { temporaryFolder } from "./fixture/temporary-folder.js";
import { stageFrom, transactionBetween } from "./fixture/transaction-between.js";

const before: Nodes = { "a.txt": "old a", "b.txt": "old b" };
const after: Nodes = { "a.txt": "new a", "b.txt": "new b" };
const transaction = transactionBetween(before, after);
const own = `${root}/.potassium`;

/** An update that was cut off with a.txt new and b.txt old. */
async function halfway(): Promise<MemoryDisk> {
  const disk = await installedDisk(before);
  const update = () =>
    runUpdate(root, transaction, { ...onDisk(disk), stage: stageFrom(disk.fs, after) });
  for (const state of await crashStates(disk, update)) {
    const snapshot = await siteSnapshot(state.fs, root);
    if (snapshot["a.txt"] === sha256("new a") && snapshot["b.txt"] === sha256("old b"))
      return state;
  }
  throw new Error("no such state");
}

async function overwrite({ fs }: MemoryDisk, path: string, text: string): Promise<void> {
  const file = await fs.open(path, "w");
  await file.write(Buffer.from(text), 0, text.length, 0);
}

it("recoverUpdate() finishes what it can", async () => {
  const disk = await halfway();
  expect(await recoverUpdate(root, onDisk(disk))).toEqual({ state: "completed", version: "1.1.0" });
  expect(await siteSnapshot(disk.fs, root)).toEqual(nodeSnapshot(after));
});

it("recoverUpdate() takes back what it can't finish", async () => {
  const disk = await halfway();
  await overwrite(disk, `${own}/stage/${sha256("new b")}`, "damaged");
  expect(await recoverUpdate(root, onDisk(disk))).toEqual({ state: "undone", version: "1.0.0" });
  expect(await siteSnapshot(disk.fs, root)).toEqual(nodeSnapshot(before));
});

it("recoverUpdate() rejects with REPAIR_NEEDED and every path where neither is possible, and touches nothing", async () => {
  const disk = await halfway();
  await overwrite(disk, `${own}/stage/${sha256("new b")}`, "damaged");
  for (const name of await disk.fs.readdir(`${own}/backup`))
    await removeTree(disk.fs, `${own}/backup/${name}`);
  const key = disk.key();
  const error = await rejectionOf(() => recoverUpdate(root, onDisk(disk)));
  expect(error).toMatchObject({ code: "REPAIR_NEEDED" });
  const { problems } = error as { problems: readonly { path: string; problem: string }[] };
  expect(problems.map(({ path }) => path).sort()).toEqual(["a.txt", "b.txt"]);
  for (const hash of [sha256("old b"), sha256("new b")]) {
    expect(problems.find(({ path }) => path === "b.txt")?.problem).toContain(hash);
  }
  expect(disk.key()).toBe(key);
});

it("recoverUpdate() never touches a file that was changed after the cut, and names it", async () => {
  const disk = await halfway();
  await overwrite(disk, `${root}/b.txt`, "the player's");
  const error = await rejectionOf(() => recoverUpdate(root, onDisk(disk)));
  expect(error).toMatchObject({ code: "REPAIR_NEEDED" });
  const { problems } = error as { problems: readonly { path: string; problem: string }[] };
  expect(problems.map(({ path }) => path)).toEqual(["b.txt"]);
  expect(problems[0]?.problem).toContain(sha256("the player's"));
  expect((await siteSnapshot(disk.fs, root))["b.txt"]).toBe(sha256("the player's"));
});

it("where recoverUpdate() can't help, the transaction of a repair takes the journal's place", async () => {
  const disk = await halfway();
  await overwrite(disk, `${root}/b.txt`, "the player's");
  const options = onDisk(disk);
  const operations = [
    { kind: "write", path: "b.txt", oldHash: sha256("the player's"), newHash: sha256("new b") },
  ] as const;
  await withLock(root, options, (lock) =>
    transact(
      openSite(root, options),
      lock,
      { ...transaction, operations },
      {
        ...options,
        stage: stageFrom(disk.fs, after),
      },
    ),
  );
  expect(await siteSnapshot(disk.fs, root)).toEqual(nodeSnapshot(after));
  expect(await recoverUpdate(root, onDisk(disk))).toEqual({ state: "nothing" });
});

it("recoverUpdate() rejects with REPAIR_NEEDED for a damaged journal", async () => {
  const disk = await halfway();
  const journal = `${own}/journal.json`;
  await overwrite(disk, journal, '{"checksum":"00","journal":{}}');
  const error = await rejectionOf(() => recoverUpdate(root, onDisk(disk)));
  expect(error).toMatchObject({ code: "REPAIR_NEEDED", path: journal });
});

it("recoverUpdate() changes nothing where there was no update, and keeps downloads of one that had not begun", async () => {
  const disk = await installedDisk(before);
  expect(await recoverUpdate(root, onDisk(disk))).toEqual({ state: "nothing" });
  expect(await disk.fs.readdir(root)).toEqual(["a.txt", "b.txt"]);
  await disk.fs.mkdir(own);
  await disk.fs.mkdir(`${own}/stage`);
  await (await disk.fs.open(`${own}/stage/${sha256("new a")}`, "wx")).close();
  await (await disk.fs.open(`${own}/journal.json.tmp`, "wx")).close();
  expect(await recoverUpdate(root, onDisk(disk))).toEqual({ state: "discarded" });
  expect(await disk.fs.readdir(`${own}/stage`)).toEqual([sha256("new a")]);
  expect(await recoverUpdate(root, onDisk(disk))).toEqual({ state: "nothing" });
});

it("recoverUpdate() has nothing to do where nothing is installed yet, and rejects with INVALID_ARGUMENT for wrong options", async () => {
  const missing = `${await temporaryFolder()}/none`;
  expect(await recoverUpdate(missing)).toEqual({ state: "nothing" });
  await writeFile(missing, "");
  expect(await rejectionOf(() => recoverUpdate(missing))).toMatchObject({ code: "NOT_FOUND" });
  const wrong = { busyTimeoutMs: -1 };
  expect(await rejectionOf(() => recoverUpdate(missing, wrong))).toMatchObject({
    code: "INVALID_ARGUMENT",
    field: "busyTimeoutMs",
  });
  const misspelt = { busyTimeout: 1 } as object;
  expect(await rejectionOf(() => recoverUpdate(missing, misspelt))).toMatchObject({
    code: "INVALID_ARGUMENT",
  });
  expect(await rejectionOf(() => recoverUpdate(""))).toMatchObject({ code: "INVALID_ARGUMENT" });
});

it("recoverUpdate() stops on its signal before it has begun", async () => {
  const disk = await halfway();
  const key = disk.key();
  const signal = AbortSignal.abort(new Error("stop"));
  const error = await rejectionOf(() => recoverUpdate(root, onDisk(disk, { signal })));
  expect(error).toBe(signal.reason);
  expect(disk.key()).toBe(key);
});
