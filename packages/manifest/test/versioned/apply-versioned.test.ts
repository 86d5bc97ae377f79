import { lstat, mkdir, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { applyUpdate } from "../../src/apply/apply-update.js";
import { currentFolder } from "../../src/current-folder.js";
import { installedVersion } from "../../src/installed-version.js";
import { keptVersions } from "../../src/kept-versions.js";
import { planUpdate } from "../../src/plan/plan-update.js";
import type { UpdateProgress } from "../../src/plan/update-progress.js";
import { rollbackUpdate } from "../../src/rollback-update.js";
import { faultyFileSystem } from "../fixture/faulty-file-system.js";
import { edited, noise } from "../fixture/sample-bytes.js";
import { treePairs } from "../fixture/tree-pairs.js";
import { treeSnapshot } from "../fixture/tree-snapshot.js";
import type { Nodes } from "../fixture/two-versions.js";
import { engines, gameVersions, type Versions } from "../fixture/update-fixture.js";

const versioned = { engines, mode: "versioned" } as const;

/** A root with the first of these versions in a folder of its own. */
async function installed(...versions: readonly Nodes[]) {
  const fixture = await gameVersions(...versions);
  const root = join(fixture.folder, "root");
  await mkdir(root);
  await applyUpdate(root, await fixture.update(undefined, 0), versioned);
  return { ...fixture, root };
}

const pathOf = (root: string) => currentFolder(root);
const treeOf = async (root: string) => treeSnapshot(await pathOf(root));
const treeAt = ({ trees }: Pick<Versions, "trees">, index: number) =>
  treeSnapshot(trees[index] as string);

describe("what the plan says is done, in a folder of its own, and the old version is untouched:", () => {
  for (const [what, pair] of Object.entries(treePairs)) {
    test(what, async () => {
      const fixture = await installed(...pair);
      const { root, update } = fixture;
      const oldPath = await pathOf(root);
      const patches = await update(0, 1);
      const before = await treeSnapshot(root);
      const plan = await planUpdate(root, patches, versioned);
      expect(plan).toMatchObject({ mode: "versioned", fromVersion: "1.0", blocked: [] });
      expect(await treeSnapshot(root)).toEqual(before);
      const result = await applyUpdate(root, patches, versioned);
      expect(result).toMatchObject({
        downloadedBytes: plan.downloadBytes,
        writtenBytes: plan.writeBytes,
      });
      expect(await treeOf(root)).toEqual(await treeAt(fixture, 1));
      expect(await treeSnapshot(oldPath)).toEqual(await treeAt(fixture, 0));
      expect(await applyUpdate(root, patches, versioned)).toMatchObject({ alreadyDone: true });
      expect(await rollbackUpdate(root)).toBe("1.0");
      expect(await pathOf(root)).toBe(oldPath);
    });
  }
});

const newStart = {
  self: async () => ({ pid: 1, start: "1", boot: "a", host: "b" }),
  isRunning: async () => false,
};

const versions = [
  { a: noise(4_000), same: "same", "saves/x": "1" },
  { a: edited(noise(4_000)), same: "same", b: "2", "saves/x": "1" },
  { a: "3", same: "same", "saves/x": "1" },
] as const;

test("players' own files are taken over into the next version", async () => {
  const { root, update } = await installed(...versions);
  await writeFile(join(await pathOf(root), "saves/mine: nul"), "mine");
  await symlink("x", join(await pathOf(root), "saves/to-x"));
  await applyUpdate(root, await update(0, 1), versioned);
  expect(await readFile(join(await pathOf(root), "saves/mine: nul"), "utf8")).toBe("mine");
  expect((await lstat(join(await pathOf(root), "saves/to-x"))).isSymbolicLink()).toBe(true);
});

test("no file of a version is shared with another by its inode", async () => {
  const { root, update } = await installed(...versions);
  const oldPath = await pathOf(root);
  await applyUpdate(root, await update(0, 1), versioned);
  const inode = async (path: string) => (await stat(join(path, "same"))).ino;
  expect(await inode(await pathOf(root))).not.toBe(await inode(oldPath));
});

test("as many versions are kept as are asked for, and any of them can be come back to", async () => {
  const { root, update } = await installed(...versions);
  await applyUpdate(root, await update(0, 1), { ...versioned, keepVersions: 3 });
  await applyUpdate(root, await update(1, 2), { ...versioned, keepVersions: 3 });
  expect(await installedVersion(root)).toMatchObject({ version: "1.2" });
  expect(await keptVersions(root)).toEqual(["1.1", "1.0"]);
  expect(await readdir(join(root, "versions"))).toHaveLength(3);
  expect(await rollbackUpdate(root, { toVersion: "1.0" })).toBe("1.0");
  expect(await keptVersions(root)).toEqual(["1.2", "1.1"]);
  expect(await rollbackUpdate(root)).toBe("1.2");
  const refusal = rollbackUpdate(root, { toVersion: "0.9" });
  await expect(refusal).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(refusal).rejects.toThrow("not version 0.9, but 1.0, 1.1");
});

test("versions that are no longer kept go, and so does what an update has left that was cut off", async () => {
  const { root, update } = await installed(...versions);
  await mkdir(join(root, "versions/1.1-torn/x"), { recursive: true });
  await applyUpdate(root, await update(0, 1), { ...versioned, keepVersions: 1 });
  expect(await readdir(join(root, "versions"))).toHaveLength(1);
  expect(await installedVersion(root)).toMatchObject({ version: "1.1" });
  expect(await keptVersions(root)).toEqual([]);
  await expect(rollbackUpdate(root)).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("an update needs a version to begin with", async () => {
  const { folder, update } = await gameVersions(...versions);
  const root = join(folder, "empty");
  await mkdir(root);
  expect(await installedVersion(root)).toBeUndefined();
  const refusal = applyUpdate(root, await update(0, 1), versioned);
  await expect(refusal).rejects.toMatchObject({ code: "NOT_FOUND", path: root });
});

test("a modified file is refused, and one that is not touched is taken over as it is", async () => {
  const { root, update } = await installed(...versions);
  await writeFile(join(await pathOf(root), "same"), "a mod");
  const patches = await update(0, 1);
  await applyUpdate(root, patches, versioned);
  expect(await readFile(join(await pathOf(root), "same"), "utf8")).toBe("a mod");
  await writeFile(join(await pathOf(root), "a"), "another");
  await expect(applyUpdate(root, await update(1, 2), versioned)).rejects.toMatchObject({
    code: "CONFLICT",
    path: "a",
  });
});

test("an abort while the version is built leaves the old one, and no half of the new one", async () => {
  const fixture = await installed(...versions);
  const { root, update } = fixture;
  const patches = await update(0, 1);
  for (const phase of ["check", "download", "make", "copy"] as const) {
    const controller = new AbortController();
    const onProgress = (progress: UpdateProgress) => {
      if (progress.phase === phase) controller.abort(new Error(phase));
    };
    const { signal } = controller;
    const updating = applyUpdate(root, patches, { ...versioned, onProgress, signal });
    await expect(updating).rejects.toThrow(phase);
    expect(await readdir(join(root, "versions"))).toHaveLength(1);
    expect(await treeOf(root)).toEqual(await treeAt(fixture, 0));
  }
  await applyUpdate(root, patches, versioned);
  expect(await treeOf(root)).toEqual(await treeAt(fixture, 1));
});

test("an error at any file operation leaves the old version or the new one, and the next call gives the new one", async () => {
  let [failures, errors] = [0, 0];
  for (let operation = 1; ; operation += 1 + (operation % 3)) {
    const fixture = await installed(...versions);
    const { root, update } = fixture;
    const patches = await update(0, 1);
    const fs = faultyFileSystem({ operation, code: "EIO" });
    const outcome = await applyUpdate(root, patches, { ...versioned, fs }).catch(
      (error: Error & { code?: string }) => error,
    );
    if (fs.failures() === 0) break;
    failures++;
    if (outcome instanceof Error) errors++;
    const tree = await treeOf(root);
    const index = (await installedVersion(root))?.version === "1.0" ? 0 : 1;
    expect(tree).toEqual(await treeAt(fixture, index));
    // As after a new start: whoever held the lock before is gone.
    await applyUpdate(root, patches, { ...versioned, owners: newStart });
    expect(await treeOf(root)).toEqual(await treeAt(fixture, 1));
  }
  expect(failures).toBeGreaterThan(50);
  expect(errors).toBeGreaterThan(failures / 2);
}, 60_000);

describe("current.json is looked at before it is trusted:", () => {
  const record = { version: "1.0" };
  test.each([
    ["no JSON", "{"],
    ["a folder elsewhere", { current: { folder: "../..", installed: record }, previous: [] }],
    ["an absolute folder", { current: { folder: "/etc", installed: record }, previous: [] }],
    ["a nested folder", { current: { folder: "a/b", installed: record }, previous: [] }],
    ["no version", { current: { folder: "a", installed: {} }, previous: [] }],
    ["nothing that was before", { current: { folder: "a", installed: record } }],
  ])("%s", async (_, content) => {
    const { root, update } = await installed(...versions);
    const text = typeof content === "string" ? content : JSON.stringify(content);
    await writeFile(join(root, "current.json"), text);
    const patches = await update(0, 1);
    const code = "REPAIR_NEEDED";
    for (const call of [currentFolder, installedVersion, keptVersions, rollbackUpdate]) {
      await expect(call(root)).rejects.toMatchObject({ code });
    }
    await expect(applyUpdate(root, patches, versioned)).rejects.toMatchObject({ code });
    await expect(planUpdate(root, patches, versioned)).rejects.toMatchObject({ code });
  });

  test("versions/ that is a link", async () => {
    const { folder, update } = await gameVersions(...versions);
    const root = join(folder, "root");
    await mkdir(root);
    await mkdir(join(folder, "outside"));
    await symlink(join(folder, "outside"), join(root, "versions"));
    const refusal = applyUpdate(root, await update(undefined, 0), versioned);
    await expect(refusal).rejects.toMatchObject({ code: "UNSAFE_PLACE" });
    expect(await readdir(join(folder, "outside"))).toEqual([]);
  });
});

test.each([
  ["a list that is a text", (text: string) => text.replace("[]", '""')],
  [
    "a sequence that is none",
    (text: string) => text.replace('"version"', '"sequence": "9", "version"'),
  ],
  ["a folder elsewhere", (text: string) => text.replace(/"folder": "[^"]*"/, '"folder": "../.."')],
])("current.json with %s is damaged", async (_, damage) => {
  const { root } = await installed({ a: "1" });
  const place = join(root, "current.json");
  await writeFile(place, damage(await readFile(place, "utf8")));
  await expect(installedVersion(root)).rejects.toMatchObject({ code: "REPAIR_NEEDED" });
  await expect(rollbackUpdate(root)).rejects.toMatchObject({ code: "REPAIR_NEEDED" });
});
