import { chmod, mkdir, rm, symlink, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { applyUpdate } from "../../src/apply/apply-update.js";
import { verifyInstall } from "../../src/verify/verify-install.js";
import { sha256 } from "../fixture/handmade-update.js";
import { treeSnapshot } from "../fixture/tree-snapshot.js";
import { engines, gameVersions } from "../fixture/update-fixture.js";

const version = {
  "bin/run": { content: "run", mode: 0o755 },
  "data/a": "1",
  "data/b": "2",
  "data/c": "3",
  empty: { folder: true },
  link: { link: "data/a" },
  other: { link: "data" },
} as const;

test("an installation as its version has it is ok, and only looked at", async () => {
  const { root, update } = await gameVersions(version);
  const before = await treeSnapshot(root);
  const report = await verifyInstall(root, await update(undefined, 0), { extra: true });
  expect(report).toEqual({ version: "1.0", ok: true, problems: [], checkedPaths: 7 });
  expect(await treeSnapshot(root)).toEqual(before);
});

test("what is missing, modified, may be run or not, or leads elsewhere is told of, path by path", async () => {
  const { root, update } = await gameVersions(version);
  const full = await update(undefined, 0);
  await chmod(join(root, "bin/run"), 0o644);
  await writeFile(join(root, "data/a"), "mod");
  await unlink(join(root, "data/b"));
  await unlink(join(root, "data/c"));
  await mkdir(join(root, "data/c"));
  await rm(join(root, "empty"), { recursive: true });
  await unlink(join(root, "link"));
  await symlink("data/b", join(root, "link"));
  await unlink(join(root, "other"));
  await writeFile(join(root, "other"), "");
  await writeFile(join(root, "mine.cfg"), "");
  await writeFile(join(root, "mine.log"), "");
  const report = await verifyInstall(root, full.manifest, { extra: true, ignore: ["*.log"] });
  expect(report.ok).toBe(false);
  expect(report.problems).toEqual([
    { kind: "mode", path: "bin/run", executable: true },
    { kind: "modified", path: "data/a", expectedHash: sha256("1"), foundHash: sha256("mod") },
    { kind: "missing", path: "data/b" },
    { kind: "modified", path: "data/c", expectedHash: sha256("3"), foundHash: undefined },
    { kind: "missing", path: "empty" },
    { kind: "link", path: "link", target: "data/a", foundTarget: "data/b" },
    { kind: "extra", path: "mine.cfg" },
    { kind: "link", path: "other", target: "data", foundTarget: undefined },
  ]);
});

test("what lies behind a linked folder is unsafe, whatever it is", async () => {
  const { folder, root, trees, update } = await gameVersions(version);
  const full = await update(undefined, 0);
  await rm(join(root, "data"), { recursive: true });
  await symlink(join(folder, "tree-0/data"), join(root, "data"));
  const { problems } = await verifyInstall(root, full);
  expect(trees).toHaveLength(1);
  expect(problems.map(({ kind, path }) => [kind, path])).toEqual([
    ["unsafe", "data/a"],
    ["unsafe", "data/b"],
    ["unsafe", "data/c"],
  ]);
});

test("extra files alone don't make an installation wrong", async () => {
  const { root, update } = await gameVersions(version);
  const full = await update(undefined, 0);
  await writeFile(join(root, "mine.cfg"), "");
  expect(await verifyInstall(root, full)).toMatchObject({ ok: true, problems: [] });
  expect(await verifyInstall(root, full, { extra: true })).toMatchObject({
    ok: true,
    problems: [{ kind: "extra", path: "mine.cfg" }],
  });
});

test("a version in a folder of its own is looked at there", async () => {
  const { folder, update } = await gameVersions(version, { ...version, "data/a": "2" });
  const root = join(folder, "root");
  await mkdir(root);
  const full = await update(undefined, 1);
  expect(await verifyInstall(root, full)).toMatchObject({ ok: false });
  await applyUpdate(root, full, { engines, mode: "versioned" });
  expect(await verifyInstall(root, full, { extra: true })).toMatchObject({
    ok: true,
    problems: [],
  });
});

test("verifyInstall refuses what is no full manifest, unknown options, and stops on its signal", async () => {
  const { root, update } = await gameVersions(version, { a: "1" });
  const [full, patches] = [await update(undefined, 0), await update(0, 1)];
  const invalid = { code: "INVALID_ARGUMENT" };
  await expect(verifyInstall(root, patches)).rejects.toMatchObject({ ...invalid, field: "full" });
  await expect(verifyInstall(root, {} as never)).rejects.toMatchObject(invalid);
  await expect(verifyInstall(root, full, { extras: true } as never)).rejects.toMatchObject(invalid);
  await expect(verifyInstall("", full)).rejects.toMatchObject(invalid);
  const signal = AbortSignal.abort(new Error("enough"));
  await expect(verifyInstall(root, full, { signal })).rejects.toThrow("enough");
  await rm(root, { recursive: true });
  await expect(verifyInstall(root, full)).rejects.toMatchObject({ code: "NOT_FOUND" });
});
