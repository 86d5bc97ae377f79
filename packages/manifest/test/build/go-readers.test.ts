import { cp, mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { applyUpdate } from "../../src/apply/apply-update.js";
import { buildUpdate } from "../../src/build/build-update.js";
import { applyAsGo } from "../fixture/apply-as-go.js";
import { edited, noise } from "../fixture/sample-bytes.js";
import { createSpliceEngine } from "../fixture/splice-engine.js";
import { treePairs } from "../fixture/tree-pairs.js";
import { treeSnapshot } from "../fixture/tree-snapshot.js";
import { type TwoVersions, twoVersions } from "../fixture/two-versions.js";
import { gameTree, openFolder } from "../fixture/update-fixture.js";

const engines = [createSpliceEngine()];
const options = { engines, fromVersion: "1", toVersion: "2", readers: "go" } as const;
const large = noise(5_000);

const build = ({ oldDir, newDir, outDir }: TwoVersions, others: object = {}) =>
  buildUpdate(oldDir, newDir, outDir, { ...options, ...others });

/** Files by path: of their rights and of empty folders the Go library's readers know nothing. */
async function contentsOf(folder: string) {
  const files = Object.entries(await treeSnapshot(folder)).filter(([, node]) => node !== "folder");
  return Object.fromEntries(files.map(([path, node]) => [path, node.replace(/ .*/, "")]));
}

const refused = [
  "symlinks",
  "a file that becomes a link, and a link that becomes a file",
  "a file that becomes a folder, and a folder that becomes a file",
  "a folder that becomes a link, and a link that becomes a folder",
  "a link to itself that becomes a folder, and a folder that becomes such a link",
];

describe("the Go library's fields alone make the new tree, and so does applyUpdate():", () => {
  const made = Object.entries(treePairs).filter(([what]) => !refused.includes(what));
  test.each(made)("%s", async (_, [before, after]) => {
    const trees = await twoVersions(before, after);
    const fullDir = join(trees.folder, "full");
    await build(trees, { fullDir });
    const [byGo, ours, whole] = ["by-go", "ours", "whole"].map((name) => join(trees.folder, name));
    for (const copy of [byGo, ours] as string[]) await cp(trees.oldDir, copy, { recursive: true });
    await applyAsGo(trees.outDir, byGo as string, engines);
    expect(await contentsOf(byGo as string)).toEqual(await contentsOf(trees.newDir));
    await applyUpdate(ours as string, await openFolder(trees.outDir), { engines });
    expect(await gameTree(ours as string)).toEqual(await treeSnapshot(trees.newDir));
    await mkdir(whole as string);
    await applyAsGo(fullDir, whole as string, []);
    expect(await contentsOf(whole as string)).toEqual(await contentsOf(trees.newDir));
  });
});

test.each(refused)("what they can't make is refused when it is built: %s", async (what) => {
  const [before, after] = treePairs[what] as (typeof treePairs)[string];
  const trees = await twoVersions(before, after);
  const refusal = build(trees);
  await expect(refusal).rejects.toMatchObject({ code: "UNSAFE_PLACE" });
  await expect(refusal).rejects.toThrow(/^the Go library's readers can't make this version: "/);
  await expect(readFile(trees.outDir)).rejects.toMatchObject({ code: "ENOENT" });
});

test("all links are told, also those that stay as they are", async () => {
  const links = { a: { link: "b" }, c: { link: "b" }, b: "1" } as const;
  const trees = await twoVersions(links, { ...links, b: "2" });
  await expect(build(trees)).rejects.toMatchObject({
    problems: [
      { path: "a", problem: "is a link" },
      { path: "c", problem: "is a link" },
    ],
  });
});

test("a path that leaves no room for new/ is refused", async () => {
  const path = `${"long".repeat(60)}/`.repeat(4) + "x".repeat(57);
  const trees = await twoVersions({}, { [path]: "1" });
  await expect(build(trees)).rejects.toMatchObject({ code: "UNSAFE_PLACE", path });
});

test("what is moved, copied or made to be run is shipped whole, each path for itself, deletions first", async () => {
  const trees = await twoVersions(
    { move: large, keep: "22", run: "3", Case: "4", patched: noise(900) },
    {
      moved: large,
      keep: "22",
      copy: "22",
      again: "22",
      run: { content: "3", mode: 0o755 },
      case: "4",
      patched: edited(noise(900)),
    },
  );
  const { files, packed, whole } = await build(trees);
  expect(files).toMatchObject({ moved: 0, copied: 0, modeChanged: 0, added: 4, deleted: 2 });
  expect([packed.files, whole.files]).toEqual([0, 5]);
  const manifest = JSON.parse(await readFile(join(trees.outDir, "manifest.json"), "utf8"));
  const entries = manifest.files as readonly Record<string, unknown>[];
  expect(entries.map(({ action, path }) => `${action} ${path}`)).toEqual([
    ...["delete Case", "delete move"],
    ...["add again", "add case", "add copy", "add moved", "patch patched", "add run"],
  ]);
  for (const entry of entries) {
    for (const field of ["file", "copy_from", "packed"]) expect(entry).not.toHaveProperty(field);
  }
});

test.each([
  ["readers", { readers: "rust" }],
  ["layout", { layout: "hashes" }],
  ["compress", { compress: true }],
])("an option that such readers can't follow is refused: %s", async (field, others) => {
  const trees = await twoVersions({ a: "1" }, { a: "2" });
  await expect(build(trees, others)).rejects.toMatchObject({ code: "INVALID_ARGUMENT", field });
});
