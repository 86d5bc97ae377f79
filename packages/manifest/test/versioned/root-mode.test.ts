import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { applyUpdate } from "../../src/apply/apply-update.js";
import { currentFolder } from "../../src/current-folder.js";
import { installedVersion } from "../../src/installed-version.js";
import { keptVersions } from "../../src/kept-versions.js";
import { planUpdate } from "../../src/plan/plan-update.js";
import { recoverUpdate } from "../../src/recover-update.js";
import { rollbackUpdate } from "../../src/rollback-update.js";
import { repairInstall } from "../../src/verify/repair-install.js";
import { verifyInstall } from "../../src/verify/verify-install.js";
import { treeSnapshot } from "../fixture/tree-snapshot.js";
import { engines, gameTree, gameVersions } from "../fixture/update-fixture.js";

const modes = ["in-place", "versioned"] as const;
const versions = [{ a: "1" }, { a: "2", b: "3" }] as const;

async function installed(mode: "in-place" | "versioned") {
  const fixture = await gameVersions(...versions);
  const root = join(fixture.folder, "root");
  const full = await fixture.update(undefined, 0);
  await applyUpdate(root, full, { mode });
  return { ...fixture, root, full };
}

describe.each(modes)("the mode is given once: %s", (mode) => {
  test("every call then works alike", async () => {
    const { root, trees, update } = await installed(mode);
    const [patches, full] = [await update(0, 1), await update(undefined, 1)];
    const tree = async () => gameTree(await currentFolder(root));
    expect(await currentFolder(root)).toMatch(
      mode === "versioned" ? /versions.1\.0-\w+$/ : /root$/,
    );
    expect(await planUpdate(root, patches, { engines })).toMatchObject({ mode, blocked: [] });
    expect(await applyUpdate(root, patches, { engines })).toMatchObject({ mode });
    expect(await installedVersion(root)).toMatchObject({ version: "1.1" });
    expect(await keptVersions(root)).toEqual(["1.0"]);
    expect(await tree()).toEqual(await treeSnapshot(trees[1] as string));
    expect(await verifyInstall(root, full, { extra: true })).toMatchObject({ ok: true });
    expect(await recoverUpdate(root)).toEqual({ state: "nothing" });

    expect(await rollbackUpdate(root, { toVersion: "1.0" })).toBe("1.0");
    expect(await installedVersion(root)).toMatchObject({ version: "1.0" });
    expect(await tree()).toEqual(await treeSnapshot(trees[0] as string));

    await applyUpdate(root, patches, { engines });
    await writeFile(join(await currentFolder(root), "b"), "broken");
    expect(await verifyInstall(root, full)).toMatchObject({ ok: false });
    expect(await repairInstall(root, full)).toMatchObject({ mode, files: { written: 1 } });
    expect(await tree()).toEqual(await treeSnapshot(trees[1] as string));
  });

  test("another one is refused from then on, and changes nothing", async () => {
    const { root, update } = await installed(mode);
    const before = await treeSnapshot(await currentFolder(root));
    const [patches, full] = [await update(0, 1), await update(undefined, 1)];
    for (const other of modes) {
      for (const call of [planUpdate, applyUpdate]) {
        for (const updates of [patches, full]) {
          if (other === mode) continue;
          const refusal = call(root, updates, { engines, mode: other });
          const invalid = { code: "INVALID_ARGUMENT", field: "mode" };
          await expect(refusal).rejects.toMatchObject(invalid);
        }
      }
    }
    expect(await treeSnapshot(await currentFolder(root))).toEqual(before);
    await applyUpdate(root, patches, { engines, mode });
  });
});

test("a game in place may have a current.json and versions/ of its own", async () => {
  const own = { "current.json": "{}", "versions/1.8/game.jar": "j" };
  const { root, update } = await gameVersions({ ...own, a: "1" }, { ...own, a: "2" });
  const patches = await update(0, 1);
  expect(await planUpdate(root, patches, { engines })).toMatchObject({ mode: "in-place" });
  expect(await applyUpdate(root, patches, { engines })).toMatchObject({ mode: "in-place" });
  expect(await verifyInstall(root, await update(undefined, 1))).toMatchObject({ ok: true });
  // Not even one that reads like the updater's own.
  const pointer = { current: { folder: "x", installed: { version: "9" } }, previous: [] };
  await writeFile(join(root, "current.json"), JSON.stringify(pointer));
  expect(await installedVersion(root)).toMatchObject({ version: "1.1" });
  expect(await currentFolder(root)).toBe(root);
});

test("versions whose current.json was lost are not taken for a game in place", async () => {
  const { root, trees, full } = await installed("versioned");
  await rm(join(root, "current.json"));
  const lost = { code: "NOT_FOUND", path: root };
  await expect(currentFolder(root)).rejects.toMatchObject(lost);
  expect(await installedVersion(root)).toBeUndefined();
  const result = await repairInstall(root, full);
  expect(result).toMatchObject({ mode: "versioned", downloadedBytes: 0 });
  expect(await treeSnapshot(await currentFolder(root))).toEqual(
    await treeSnapshot(trees[0] as string),
  );
  expect((await readdir(root)).sort()).toEqual([".potassium", "current.json", "versions"]);
});

test("a first installation in place that was taken back may be followed by versions", async () => {
  const { root, update } = await installed("in-place");
  expect(await rollbackUpdate(root)).toBe("");
  expect(await installedVersion(root)).toBeUndefined();
  const result = await applyUpdate(root, await update(undefined, 1), { mode: "versioned" });
  expect(result).toMatchObject({ mode: "versioned", toVersion: "1.1" });
});

test("currentFolder() gives the root of a game of which no record is, and NOT_FOUND without a root", async () => {
  const { root, folder } = await gameVersions({ a: "1" });
  expect(await currentFolder(root)).toBe(root);
  await mkdir(join(folder, "empty"));
  expect(await currentFolder(join(folder, "empty"))).toBe(join(folder, "empty"));
  const path = join(folder, "none");
  await expect(currentFolder(path)).rejects.toMatchObject({ code: "NOT_FOUND", path });
});
