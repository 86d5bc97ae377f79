import { expect, it } from "vitest";
import { installedVersion } from "../src/installed-version.js";
import { keptVersions } from "../src/kept-versions.js";
import { rollbackUpdate } from "../src/rollback-update.js";
import { everyKind } from "./fixture/every-kind.js";
import type { MemoryDisk } from "./fixture/memory-disk/memory-disk.js";
import { installedDisk, onDisk, root } from "./fixture/memory-site.js";
import { type Nodes, sha256, siteSnapshot } from "./fixture/node-snapshot.js";
import { rejectionOf } from "./fixture/rejection-of.js";
import { runUpdate } from "./fixture/run-update.js";
import { stageFrom, transactionBetween } from "./fixture/transaction-between.js";

const { before, after } = everyKind;
const details = { sequence: 7, product: "skywars", channel: "stable", manifestHash: sha256("m") };

async function updated(keepBackup = true): Promise<MemoryDisk> {
  const disk = await installedDisk(before);
  await update(disk, before, after, keepBackup);
  return disk;
}

const update = (disk: MemoryDisk, from: Nodes, to: Nodes, keepBackup: boolean, versions = {}) =>
  runUpdate(root, transactionBetween(from, to, { keepBackup, ...details, ...versions }), {
    ...onDisk(disk),
    stage: stageFrom(disk.fs, to),
  });

const rollback = (disk: MemoryDisk) => rollbackUpdate(root, onDisk(disk));

async function overwrite({ fs }: MemoryDisk, path: string, text: string): Promise<void> {
  const file = await fs.open(path, "w");
  await file.write(Buffer.from(text), 0, text.length, 0);
}

it("rollbackUpdate() brings back every file with its rights, once", async () => {
  const disk = await updated();
  const start = await siteSnapshot((await installedDisk(before)).fs, root, true);
  expect(await rollback(disk)).toBe("1.0.0");
  expect(await siteSnapshot(disk.fs, root, true)).toEqual(start);
  expect(await installedVersion(root, { fs: disk.fs })).toMatchObject({ version: "1.0.0" });
  expect(await rejectionOf(() => rollback(disk))).toMatchObject({ code: "NOT_FOUND" });
});

it("rollbackUpdate() goes to the version before alone, and keptVersions() tells which that is", async () => {
  const disk = await updated();
  const kept = () => keptVersions(root, { fs: disk.fs });
  expect(await kept()).toEqual(["1.0.0"]);
  const start = await siteSnapshot(disk.fs, root, true);
  for (const toVersion of ["0.9.0", "1.1.0", 1 as never]) {
    const refusal = rollbackUpdate(root, { ...onDisk(disk), toVersion });
    const invalid = { code: "INVALID_ARGUMENT", field: "toVersion" };
    expect(await rejectionOf(() => refusal)).toMatchObject(invalid);
  }
  expect(await siteSnapshot(disk.fs, root, true)).toEqual(start);
  expect(await rollbackUpdate(root, { ...onDisk(disk), toVersion: "1.0.0" })).toBe("1.0.0");
  expect(await kept()).toEqual([]);
});

it("rollbackUpdate() brings back the record of the version before", async () => {
  const disk = await updated();
  const first = await installedVersion(root, { fs: disk.fs });
  expect(first).toMatchObject({ version: "1.1.0", ...details });
  const third: Nodes = { ...after, "left.txt": "third" };
  const versions = { fromVersion: "1.1.0", toVersion: "1.2.0", sequence: 8 };
  await update(disk, after, third, true, versions);
  expect(await rollback(disk)).toBe("1.1.0");
  const { transaction: _, ...record } = (await installedVersion(root, { fs: disk.fs })) ?? {};
  const { transaction: __, ...before } = first ?? {};
  expect(record).toEqual(before);
});

it("rollbackUpdate() of a first installation leaves no version", async () => {
  const disk = await installedDisk({});
  await update(disk, {}, after, true, { fromVersion: "" });
  expect(await rollback(disk)).toBe("");
  expect(await installedVersion(root, { fs: disk.fs })).toBeUndefined();
  expect(await siteSnapshot(disk.fs, root)).toEqual({});
});

it("rollbackUpdate() rejects with NOT_FOUND without a backup", async () => {
  const none = await installedDisk(before);
  expect(await rejectionOf(() => rollback(none))).toMatchObject({ code: "NOT_FOUND" });
  expect(await none.fs.readdir(root)).not.toContain(".potassium");
  expect(await rejectionOf(async () => rollback(await updated(false)))).toMatchObject({
    code: "NOT_FOUND",
  });
});

it("a later update without a backup takes the earlier one's away", async () => {
  const disk = await updated();
  await update(disk, after, { ...after, "left.txt": "third" }, false);
  expect(await rejectionOf(() => rollback(disk))).toMatchObject({ code: "NOT_FOUND" });
  expect(await disk.fs.readdir(`${root}/.potassium/backup`)).toEqual([]);
});

it("rollbackUpdate() rejects with CONFLICT where a file was changed since, and touches nothing", async () => {
  const disk = await updated();
  await overwrite(disk, `${root}/left.txt`, "the player's");
  const start = await siteSnapshot(disk.fs, root);
  expect(await rejectionOf(() => rollback(disk))).toMatchObject({
    code: "CONFLICT",
    path: "left.txt",
    foundHash: sha256("the player's"),
  });
  expect(await siteSnapshot(disk.fs, root)).toEqual(start);
  await overwrite(disk, `${root}/left.txt`, "right");
  expect(await rollback(disk)).toBe("1.0.0");
});

it("rollbackUpdate() rejects with HASH_MISMATCH where the backup is damaged, and touches nothing", async () => {
  const disk = await updated();
  const [id = ""] = await disk.fs.readdir(`${root}/.potassium/backup`);
  const backup = `${root}/.potassium/backup/${id}`;
  const [name = ""] = await disk.fs.readdir(backup);
  await overwrite(disk, `${backup}/${name}`, "damaged");
  const start = await siteSnapshot(disk.fs, root);
  expect(await rejectionOf(() => rollback(disk))).toMatchObject({ code: "HASH_MISMATCH" });
  expect(await siteSnapshot(disk.fs, root)).toEqual(start);
});
