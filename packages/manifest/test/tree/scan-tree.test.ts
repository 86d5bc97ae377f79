import { execFile } from "node:child_process";
import * as nodeFs from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { parseIgnoreRules } from "../../src/tree/ignore-rules.js";
import { type ScanOptions, scanTree } from "../../src/tree/scan-tree.js";
import { rejectionOf } from "../fixture/rejection-of.js";
import { temporaryFolder } from "../fixture/temporary-folder.js";
import { type TreeNode, writeTree } from "../fixture/write-tree.js";

const scan = (root: string, options: Partial<ScanOptions> & { patterns?: string[] } = {}) => {
  const { patterns, ...rest } = options;
  return scanTree(root, { fs: nodeFs, ignore: parseIgnoreRules(patterns), ...rest });
};

async function scanned(nodes: Readonly<Record<string, TreeNode>>, patterns: string[] = []) {
  return scan(await writeTree(join(await temporaryFolder(), "tree"), nodes), { patterns });
}

async function problemsOf(nodes: Readonly<Record<string, TreeNode>>): Promise<unknown> {
  const error = await rejectionOf(() => scanned(nodes));
  expect(error).toMatchObject({ name: "ManifestError", code: "UNSAFE_PLACE" });
  return (error as { problems: readonly { path: string; problem: string }[] }).problems;
}

test("a tree is listed with sizes, links and folders, each sorted by path", async () => {
  const tree = await scanned({
    "b/é游戏🎮.pak": "12345",
    "b/a": "",
    "a.exe": "1",
    link: { link: "b/a" },
    "b/up": { link: "../a.exe" },
    "z/empty": { folder: true },
  });
  expect(tree.files.map(({ path, sizeBytes }) => [path, sizeBytes])).toEqual([
    ["a.exe", 1],
    ["b/a", 0],
    ["b/é游戏🎮.pak", 5],
  ]);
  expect(tree.links).toEqual([
    { path: "b/up", target: "../a.exe" },
    { path: "link", target: "b/a" },
  ]);
  expect(tree.folders).toEqual(["b", "z", "z/empty"]);
});

test("executable and read-only files are told by their mode", async () => {
  const tree = await scanned({
    run: { content: "#!", mode: 0o755 },
    locked: { content: "x", mode: 0o444 },
    plain: "x",
  });
  expect(tree.files.map(({ path, executable }) => [path, executable])).toEqual([
    ["locked", false],
    ["plain", false],
    ["run", true],
  ]);
});

test("on Windows no file says whether it may be run, and a link's backslashes are slashes", async () => {
  const folder = await writeTree(await temporaryFolder(), {
    run: { content: "#!", mode: 0o755 },
    "in/link": { link: "..\\run" },
  });
  const tree = await scan(folder, { platform: "win32" });
  expect(tree.files[0]?.executable).toBeUndefined();
  expect(tree.links).toEqual([{ path: "in/link", target: "../run" }]);
});

test("the updater's own folder is left out, in any case, but only in the root", async () => {
  const tree = await scanned({ ".Potassium/journal.json": "x", "mods/.potassium/mod.txt": "x" });
  expect(tree.files.map(({ path }) => path)).toEqual(["mods/.potassium/mod.txt"]);
  expect(tree.folders).toEqual(["mods", "mods/.potassium"]);
});

test("what is ignored is not looked into, whatever is in it", async () => {
  const nodes = {
    "logs/a:b": "x",
    "a.log": "x",
    "sub/b.log": "x",
    "sub/keep.log": "x",
    "sub/c": "x",
  };
  const tree = await scanned(nodes, ["logs/", "*.log", "!keep.log"]);
  expect(tree.files.map(({ path }) => path)).toEqual(["sub/c", "sub/keep.log"]);
  expect(tree.folders).toEqual(["sub"]);
});

describe("a tree is refused with every problem listed", () => {
  test("names that another system doesn't take", async () => {
    const bad = ["a:b", "con.txt", "dot.", "blank ", "GAME~1", "e\u0301", "tab\t", "back\\slash"];
    const nodes = Object.fromEntries(bad.map((name) => [`in/${name}`, "x"]));
    const problems = await problemsOf({ ...nodes, fine: "x", "nul/below": "x" });
    expect((problems as { path: string }[]).map(({ path }) => path)).toEqual(
      [...bad.map((name) => `in/${name}`), "nul"].sort(),
    );
    expect(problems).toContainEqual({
      path: "in/e\u0301",
      problem: "must be in Unicode's composed form (NFC)",
    });
  });

  test("paths that are one where case is not told apart", async () => {
    expect(await problemsOf({ "A.txt": "1", "a.txt": "2", "Dir/x": "1", "dir/y": "2" })).toEqual([
      { path: "a.txt", problem: expect.stringContaining('"A.txt"') },
      { path: "dir", problem: expect.stringContaining('"Dir"') },
      { path: "dir/y", problem: expect.stringContaining('"Dir"') },
    ]);
  });

  test("links that leave the tree, are absolute or lead to the updater's folder", async () => {
    const problems = await problemsOf({
      "in/out": { link: "../../etc" },
      absolute: { link: "/etc/passwd" },
      own: { link: ".potassium/journal.json" },
      fine: { link: "nowhere/yet" },
    });
    expect(problems).toEqual([
      { path: "absolute", problem: expect.stringContaining('"/etc/passwd"') },
      { path: "in/out", problem: expect.stringContaining("must not leave the tree") },
      { path: "own", problem: expect.stringContaining("updater's own folder") },
    ]);
  });

  test("a folder that is nested too deep", async () => {
    const deep = Array.from({ length: 64 }, () => "d").join("/");
    expect((await scanned({ [`${deep.slice(2)}/f`]: "x" })).files).toHaveLength(1);
    expect(await problemsOf({ [`${deep}/f`]: "x" })).toEqual([
      { path: `${deep}/f`, problem: "must have at most 64 segments" },
    ]);
  });

  test.skipIf(process.platform === "win32")("what is no file, folder or link", async () => {
    const folder = await writeTree(await temporaryFolder(), { fine: "x" });
    await promisify(execFile)("mkfifo", [join(folder, "pipe")]);
    expect(await rejectionOf(() => scan(folder))).toMatchObject({
      code: "UNSAFE_PLACE",
      problems: [{ path: "pipe", problem: "is no plain file, folder or symbolic link" }],
    });
  });

  test.skipIf(process.platform !== "linux")("a name that is no UTF-8", async () => {
    const folder = await temporaryFolder();
    await nodeFs.writeFile(Buffer.concat([Buffer.from(`${folder}/a`), Buffer.from([0xff])]), "x");
    expect(await rejectionOf(() => scan(folder))).toMatchObject({
      problems: [{ path: "a\ufffd", problem: "must be UTF-8" }],
    });
  });
});

test("a folder that isn't there is NOT_FOUND, a file in its place UNSAFE_PLACE", async () => {
  const folder = await writeTree(await temporaryFolder(), { file: "x" });
  expect(await rejectionOf(() => scan(join(folder, "gone")))).toMatchObject({ code: "NOT_FOUND" });
  expect(await rejectionOf(() => scan(join(folder, "file")))).toMatchObject({
    code: "UNSAFE_PLACE",
  });
});

test("an abort in the middle of the walk rejects with its reason", async () => {
  const folder = await writeTree(await temporaryFolder(), { "a/b/c": "x" });
  const controller = new AbortController();
  const fs = {
    ...nodeFs,
    readdir: (path: string) => {
      if (path.endsWith("b")) controller.abort("gone");
      return nodeFs.readdir(path);
    },
  };
  expect(await rejectionOf(() => scan(folder, { fs, signal: controller.signal }))).toBe("gone");
});
