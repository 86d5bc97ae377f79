import { chmod, lstat, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { applyUpdate } from "../../src/apply/apply-update.js";
import { currentFolder } from "../../src/current-folder.js";
import { installedVersion } from "../../src/installed-version.js";
import { planUpdate } from "../../src/plan/plan-update.js";
import type { UpdateProgress } from "../../src/plan/update-progress.js";
import { rollbackUpdate } from "../../src/rollback-update.js";
import { verifyInstall } from "../../src/verify/verify-install.js";
import { edited, noise } from "../fixture/sample-bytes.js";
import { treePairs } from "../fixture/tree-pairs.js";
import { treeSnapshot } from "../fixture/tree-snapshot.js";
import { engines, gameTree, gameVersions } from "../fixture/update-fixture.js";

const large = noise(5_000);

describe("what the plan says is done, in place, and the tree is the new one:", () => {
  for (const [what, pair] of Object.entries(treePairs)) {
    test(what, async () => {
      const { root, trees, update } = await gameVersions(...pair);
      const [patches, full] = [await update(0, 1), await update(undefined, 1)];
      const before = await treeSnapshot(root);

      const plan = await planUpdate(root, patches, { engines });
      expect(plan).toMatchObject({ blocked: [], alreadyDone: false, sizesKnown: true });
      expect(await treeSnapshot(root)).toEqual(before);

      const result = await applyUpdate(root, patches, { engines });
      expect(await gameTree(root)).toEqual(await treeSnapshot(trees[1] as string));
      expect(result).toMatchObject({
        downloadedBytes: plan.downloadBytes,
        writtenBytes: plan.writeBytes,
        toVersion: "1.1",
        alreadyDone: false,
      });
      expect(result.files.written).toBe(
        plan.operations.filter(({ kind }) => kind === "write").length,
      );
      expect(await verifyInstall(root, full)).toMatchObject({ ok: true, problems: [] });

      expect(await applyUpdate(root, patches, { engines })).toMatchObject({
        alreadyDone: true,
        downloadedBytes: 0,
      });
      await rollbackUpdate(root);
      expect(await gameTree(root)).toEqual(before);
    });
  }
});

describe("a full update into an empty folder:", () => {
  for (const [what, pair] of Object.entries(treePairs)) {
    test(what, async () => {
      const { folder, trees, update } = await gameVersions(...pair);
      const full = await update(undefined, 1);
      const root = join(folder, "empty");
      await mkdir(root);
      const result = await applyUpdate(root, full);
      expect(result).toMatchObject({ route: "full", fromVersion: "", toVersion: "1.1" });
      expect(await gameTree(root)).toEqual(await treeSnapshot(trees[1] as string));
    });
  }
});

test("paths that the update doesn't touch are not even opened", async () => {
  const { root, update } = await gameVersions({ a: "1", b: "2" }, { a: "1!", b: "2" });
  const patches = await update(0, 1);
  // Whoever reads it fails, and whoever hashes it finds another file.
  await writeFile(join(root, "b"), "a mod");
  await mkdir(join(root, "saves"));
  await writeFile(join(root, "saves/nul.txt"), "mine");
  const { ino, ctimeMs } = await lstat(join(root, "b"));
  await applyUpdate(root, patches, { engines });
  expect(await lstat(join(root, "b"))).toMatchObject({ ino, ctimeMs });
  expect(await readFile(join(root, "saves/nul.txt"), "utf8")).toBe("mine");
});

test("a file that is as the new version has it is not made again", async () => {
  const { root, update } = await gameVersions({ a: large, b: "1" }, { a: edited(large), b: "2" });
  const patches = await update(0, 1);
  await writeFile(join(root, "a"), edited(large));
  const plan = await planUpdate(root, patches, { engines });
  expect(plan).toMatchObject({ donePaths: 1, writeBytes: 1 });
  expect(await applyUpdate(root, patches, { engines })).toMatchObject({ files: { written: 1 } });
});

test("an old file's rights stay, but for what the update says", async () => {
  const { root, trees, update } = await gameVersions(
    { a: large, b: { content: large, mode: 0o755 } },
    { a: edited(large), b: { content: edited(large), mode: 0o755 } },
  );
  await chmod(join(root, "a"), 0o640);
  await applyUpdate(root, await update(0, 1), { engines });
  expect((await lstat(join(root, "a"))).mode & 0o777).toBe(0o640);
  expect((await lstat(join(root, "b"))).mode & 0o777).toBe(0o755);
  expect(await gameTree(root)).toEqual(await treeSnapshot(trees[1] as string));
});

test("without the engine that a patch needs the whole file is taken, where it is shipped", async () => {
  const { root, trees, update } = await gameVersions({ a: large }, { a: edited(large) });
  const [patches, full] = [await update(0, 1), await update(undefined, 1)];
  const refused = applyUpdate(root, patches);
  await expect(refused).rejects.toMatchObject({ code: "ENGINE_UNAVAILABLE", path: "a" });
  const result = await applyUpdate(root, [patches, full]);
  expect(result).toMatchObject({ route: "full", downloadedBytes: 5_000 });
  expect(await gameTree(root)).toEqual(await treeSnapshot(trees[1] as string));
});

test("what is installed is written down", async () => {
  const { root, update } = await gameVersions({ a: "1" }, { a: "2" });
  const options = { sequence: 7, product: "skywars", platform: "any", channel: "beta" };
  await applyUpdate(root, await update(0, 1, options), { engines });
  expect(await installedVersion(root)).toMatchObject({ version: "1.1", ...options });
});

test("progress is told of in each phase, up to its end", async () => {
  const { root, update } = await gameVersions(
    { a: large, gone: "1" },
    { a: edited(large), b: noise(900, 3), copy: edited(large) },
  );
  const told: UpdateProgress[] = [];
  await applyUpdate(root, await update(0, 1), { engines, onProgress: (now) => told.push(now) });
  const last = new Map(told.map((progress) => [progress.phase, progress]));
  expect([...last.keys()].sort()).toEqual(["check", "commit", "download", "make", "verify"]);
  for (const progress of last.values()) {
    if ("doneBytes" in progress) expect(progress.doneBytes).toBe(progress.totalBytes);
    else expect(progress.donePaths).toBe(progress.totalPaths);
  }
});

test.each(["check", "download", "make", "commit", "verify"])(
  "what onProgress throws in the phase %s ends the update, and all is as it was",
  async (phase) => {
    const { root, trees, update } = await gameVersions({ a: large }, { a: edited(large), b: "1" });
    const patches = await update(0, 1);
    const before = await gameTree(root);
    const reason = new Error("enough");
    const onProgress = (progress: UpdateProgress) => {
      if (progress.phase === phase) throw reason;
    };
    await expect(applyUpdate(root, patches, { engines, onProgress })).rejects.toBe(reason);
    expect(await gameTree(root)).toEqual(before);
    await applyUpdate(root, patches, { engines });
    expect(await gameTree(root)).toEqual(await treeSnapshot(trees[1] as string));
  },
);

test("without a backup nothing of the old version is kept", async () => {
  const { root, update } = await gameVersions({ a: large }, { a: edited(large) });
  await applyUpdate(root, await update(0, 1), { engines, keepBackup: false });
  await expect(rollbackUpdate(root)).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("patches for a root that isn't there, or is empty, are NOT_FOUND, and make none", async () => {
  const { root, update } = await gameVersions({ a: "1" }, { a: "2" });
  const patches = await update(0, 1);
  await rm(root, { recursive: true });
  const missing = { code: "NOT_FOUND", path: root };
  await expect(applyUpdate(root, patches)).rejects.toMatchObject(missing);
  await expect(planUpdate(root, patches)).rejects.toMatchObject(missing);
  await expect(lstat(root)).rejects.toMatchObject({ code: "ENOENT" });
  await mkdir(root);
  for (const call of [planUpdate, applyUpdate]) {
    const refused = call(root, patches);
    await expect(refused).rejects.toMatchObject(missing);
    await expect(refused).rejects.toThrow(`nothing is installed in ${root}: give a full update`);
  }
});

test.each(["in-place", "versioned"] as const)(
  "a first installation makes its root, as planned, but no folder above it: %s",
  async (mode) => {
    const { folder, trees, update } = await gameVersions({ a: "1" }, { a: "2", "b/c": "3" });
    const [full, patches] = [await update(undefined, 1), await update(0, 1)];
    const root = join(folder, "games", "skywars");
    const missing = { code: "NOT_FOUND", path: join(folder, "games") };
    for (const call of [planUpdate, applyUpdate]) {
      const refused = call(root, full, { mode });
      await expect(refused).rejects.toMatchObject(missing);
      await expect(refused).rejects.toThrow(`${missing.path} is no folder`);
    }
    await mkdir(missing.path);
    const plan = await planUpdate(root, full, { mode });
    expect(plan).toMatchObject({ mode, blocked: [], freeBytes: expect.any(Number) });
    expect(await readdir(missing.path)).toEqual([]);
    await applyUpdate(root, patches, { mode, full });
    expect(await gameTree(await currentFolder(root))).toEqual(await treeSnapshot(`${trees[1]}`));
  },
);

test("a first installation into what is no folder is NOT_FOUND", async () => {
  const { folder, update } = await gameVersions({ a: "1" });
  const full = await update(undefined, 0);
  const file = join(folder, "file");
  await writeFile(file, "");
  const noFolder = (path: string) => ({ code: "NOT_FOUND", path });
  await expect(applyUpdate(file, full)).rejects.toMatchObject(noFolder(file));
  await expect(applyUpdate(join(file, "game"), full)).rejects.toMatchObject(noFolder(file));
});

describe("applyUpdate refuses", () => {
  test.each([
    ["engines", { engines: "bsdiff" }],
    ["engines[0]", { engines: [{}] }],
    ["engines[1]", { engines: [...engines, ...engines] }],
    ["mode", { mode: "inplace" }],
    ["force", { force: "patches" }],
    ["concurrency", { concurrency: 0 }],
    ["keepVersions", { keepVersions: 0 }],
    ["maxUnsizedBytes", { maxUnsizedBytes: -1 }],
    ["busyTimeoutMs", { busyTimeoutMs: Number.NaN }],
    ["replaceModified", { replaceModified: "yes" }],
    ["pause", { pause: {} }],
    ["full", { full: {} }],
    ["keepbackup", { keepbackup: true }],
    ["signal", { signal: new AbortController() }],
  ])("a wrong %s", async (field, options) => {
    const { root, update } = await gameVersions({ a: "1" }, { a: "2" });
    const refused = applyUpdate(root, await update(0, 1), options as object);
    await expect(refused).rejects.toMatchObject({ code: "INVALID_ARGUMENT", field });
  });

  test("no update, a root that is none, and what openUpdate has not given", async () => {
    const { root, update } = await gameVersions({ a: "1" }, { a: "2" });
    const patches = await update(0, 1);
    const invalid = { code: "INVALID_ARGUMENT" };
    await expect(applyUpdate(root, [])).rejects.toMatchObject(invalid);
    await expect(applyUpdate("", patches)).rejects.toMatchObject({ ...invalid, field: "root" });
    await expect(applyUpdate(root, {} as never)).rejects.toMatchObject(invalid);
  });
});
