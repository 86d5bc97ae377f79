import { chmod, mkdir, readFile, rm, symlink, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { applyUpdate } from "../../src/apply/apply-update.js";
import { currentFolder } from "../../src/current-folder.js";
import { installedVersion } from "../../src/installed-version.js";
import { recoverUpdate } from "../../src/recover-update.js";
import { formatJournal, type Journal } from "../../src/transaction/journal.js";
import { repairInstall } from "../../src/verify/repair-install.js";
import { verifyInstall } from "../../src/verify/verify-install.js";
import { sha256 } from "../fixture/handmade-update.js";
import { edited, noise } from "../fixture/sample-bytes.js";
import { treeSnapshot } from "../fixture/tree-snapshot.js";
import { engines, gameTree, gameVersions } from "../fixture/update-fixture.js";

const large = noise(5_000);
const version = {
  "bin/run": { content: large, mode: 0o755 },
  "data/a": "1",
  "data/b": "22",
  empty: { folder: true },
  link: { link: "data/a" },
} as const;
const next = { ...version, "bin/run": { content: edited(large), mode: 0o755 }, "data/c": "3" };

test("only what differs is replaced, from any source, and players' own files stay", async () => {
  const { root, trees, update } = await gameVersions(version);
  const full = await update(undefined, 0);
  await writeFile(join(root, "data/a"), "mod");
  await unlink(join(root, "data/b"));
  await rm(join(root, "empty"), { recursive: true });
  await chmod(join(root, "bin/run"), 0o644);
  await unlink(join(root, "link"));
  await symlink("data/b", join(root, "link"));
  await writeFile(join(root, "data/mine"), "mine");
  const result = await repairInstall(root, full);
  expect(result).toMatchObject({ alreadyDone: false, downloadedBytes: 3, files: { linked: 1 } });
  expect(await readFile(join(root, "data/mine"), "utf8")).toBe("mine");
  await unlink(join(root, "data/mine"));
  expect(await gameTree(root)).toEqual(await treeSnapshot(trees[0] as string));
  expect(await installedVersion(root)).toMatchObject({ version: "1.0" });
  expect(await repairInstall(root, full)).toMatchObject({ alreadyDone: true, downloadedBytes: 0 });
});

test("a link in a file's place, and a file in a link's, give way", async () => {
  const { root, trees, update } = await gameVersions(version);
  const full = await update(undefined, 0);
  await unlink(join(root, "data/a"));
  await symlink("b", join(root, "data/a"));
  await unlink(join(root, "link"));
  await writeFile(join(root, "link"), "no link");
  await repairInstall(root, full);
  expect(await gameTree(root)).toEqual(await treeSnapshot(trees[0] as string));
});

test("nothing is written through a linked folder, nor into the place of a folder", async () => {
  const { folder, root, update } = await gameVersions(version);
  const full = await update(undefined, 0);
  await rm(join(root, "data"), { recursive: true });
  await mkdir(join(folder, "outside"));
  await symlink(join(folder, "outside"), join(root, "data"));
  await expect(repairInstall(root, full)).rejects.toMatchObject({ code: "UNSAFE_PLACE" });
  expect(await treeSnapshot(join(folder, "outside"))).toEqual({});
  await unlink(join(root, "data"));
  await mkdir(join(root, "data/a/own"), { recursive: true });
  await expect(repairInstall(root, full)).rejects.toMatchObject({ code: "UNSAFE_PLACE" });
});

const fileOf = (content: string) =>
  ({ kind: "file", hash: sha256(content), executable: false }) as const;

describe("it is the answer to damaged records:", () => {
  test("records that are larger than any that an update writes", async () => {
    const { folder, root, trees, update } = await gameVersions(version);
    const full = await update(undefined, 0);
    await applyUpdate(root, full);
    await writeFile(join(root, ".potassium/installed.json"), " ".repeat(2 ** 20 + 1));
    await expect(installedVersion(root)).rejects.toMatchObject({ code: "REPAIR_NEEDED" });
    await repairInstall(root, full);
    expect(await installedVersion(root)).toMatchObject({ version: "1.0" });
    const versioned = join(folder, "root");
    await mkdir(versioned);
    await applyUpdate(versioned, full, { mode: "versioned" });
    await writeFile(join(versioned, "current.json"), " ".repeat(2 ** 20 + 1));
    await expect(currentFolder(versioned)).rejects.toMatchObject({ code: "REPAIR_NEEDED" });
    await repairInstall(versioned, full);
    const path = await currentFolder(versioned);
    expect(await treeSnapshot(path)).toEqual(await treeSnapshot(trees[0] as string));
  });

  test.each([
    [["journal.json"]],
    [["rollback.json"]],
    [["installed.json"]],
    [["journal.json", "rollback.json", "installed.json"]],
  ])("%s", async (names) => {
    const { root, trees, update } = await gameVersions(version, next);
    const [patches, full] = [await update(0, 1), await update(undefined, 1)];
    await applyUpdate(root, patches, { engines });
    await writeFile(join(root, "data/a"), "torn");
    for (const name of names) await writeFile(join(root, ".potassium", name), '{"checksum":"x"');
    await repairInstall(root, full);
    expect(await gameTree(root)).toEqual(await treeSnapshot(trees[1] as string));
    expect(await installedVersion(root)).toMatchObject({ version: "1.1" });
    expect(await verifyInstall(root, full)).toMatchObject({ ok: true });
    // And all goes on as ever.
    expect(await repairInstall(root, full)).toMatchObject({ alreadyDone: true });
  });

  test("a whole journal of an update that can be neither finished nor taken back", async () => {
    const { root, trees, update } = await gameVersions(
      { a: "1", "old/gone": "x", mine: "mine" },
      { a: "2", "new/b": "3", mine: "mine" },
    );
    const full = await update(undefined, 1);
    await mkdir(join(root, ".potassium"));
    const journal: Journal = {
      id: "0".repeat(32),
      fromVersion: "1.0",
      installed: { version: "1.1" },
      keepBackup: false,
      entries: [
        { path: "a", before: fileOf("1"), after: fileOf("2") },
        { path: "new/b", before: { kind: "absent" }, after: fileOf("3") },
        { path: "old/gone", before: fileOf("x"), after: { kind: "absent" } },
      ],
      mkdirs: ["new"],
      rmdirs: ["old"],
    };
    await writeFile(join(root, ".potassium/journal.json"), formatJournal(journal));
    await writeFile(join(root, "a"), "torn");
    const recovering = recoverUpdate(root);
    await expect(recovering).rejects.toMatchObject({ code: "REPAIR_NEEDED" });
    await repairInstall(root, full);
    // What it should have taken away is gone too.
    expect(await gameTree(root)).toEqual(await treeSnapshot(trees[1] as string));
    expect(await recoverUpdate(root)).toEqual({ state: "nothing" });
  });

  test("a damaged journal stops an update, and after the repair no more", async () => {
    const { root, trees, update } = await gameVersions(version, next);
    const [patches, full] = [await update(0, 1), await update(undefined, 0)];
    await mkdir(join(root, ".potassium"));
    await writeFile(join(root, ".potassium/journal.json"), "{");
    await expect(applyUpdate(root, patches, { engines })).rejects.toMatchObject({
      code: "REPAIR_NEEDED",
    });
    await repairInstall(root, full);
    await applyUpdate(root, patches, { engines });
    expect(await gameTree(root)).toEqual(await treeSnapshot(trees[1] as string));
  });

  test("current.json, where versions have folders of their own", async () => {
    const { folder, trees, update } = await gameVersions(version, next);
    const root = join(folder, "root");
    await mkdir(root);
    const full = await update(undefined, 1);
    await applyUpdate(root, full, { mode: "versioned" });
    const path = await currentFolder(root);
    await writeFile(join(path, "mine"), "mine");
    await writeFile(join(path, "data/a"), "torn");
    await writeFile(join(root, "current.json"), "{");
    await expect(currentFolder(root)).rejects.toMatchObject({ code: "REPAIR_NEEDED" });
    const result = await repairInstall(root, full);
    expect(result.downloadedBytes).toBe(1);
    const repaired = await currentFolder(root);
    expect(await readFile(join(repaired, "mine"), "utf8")).toBe("mine");
    await unlink(join(repaired, "mine"));
    expect(await treeSnapshot(repaired)).toEqual(await treeSnapshot(trees[1] as string));
    expect(await repairInstall(root, full)).toMatchObject({
      alreadyDone: true,
    });
  });
});

test("repairInstall refuses an update that is not full", async () => {
  const { root, update } = await gameVersions(version, next);
  const refusal = repairInstall(root, await update(0, 1));
  await expect(refusal).rejects.toMatchObject({ code: "INVALID_ARGUMENT", field: "full" });
  await expect(
    repairInstall(root, await update(undefined, 1), { engines } as never),
  ).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
});

test.each(["in-place", "versioned"] as const)(
  "an old full manifest can't pass for a repair, nor one of another product, %s",
  async (mode) => {
    const { folder, trees, update } = await gameVersions(version, next);
    const root = join(folder, "root");
    await mkdir(root);
    const [old, newer] = [
      await update(undefined, 0, { sequence: 1, product: "skywars" }),
      await update(undefined, 1, { sequence: 2, product: "skywars" }),
    ];
    await applyUpdate(root, newer, { mode });
    const refusal = repairInstall(root, old);
    await expect(refusal).rejects.toMatchObject({ code: "DOWNGRADE" });
    const other = { ...newer, manifest: { ...newer.manifest, product: "landwars" } };
    const otherRefusal = repairInstall(root, other);
    await expect(otherRefusal).rejects.toMatchObject({ code: "WRONG_TARGET" });
    expect(await repairInstall(root, newer)).toMatchObject({ alreadyDone: true });
    const result = await repairInstall(root, old, { allowDowngrade: true });
    expect(result.toVersion).toBe("1.0");
    const path = mode === "versioned" ? await currentFolder(root) : root;
    // What only the newer version has is no part of the older one's manifest.
    await rm(join(path, "data/c"));
    expect(await gameTree(path)).toEqual(await treeSnapshot(trees[0] as string));
  },
);
