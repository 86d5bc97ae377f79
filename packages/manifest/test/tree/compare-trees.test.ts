import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { compareTrees } from "../../src/tree/compare-trees.js";
import { byPath, type HashedFile, type TreeIndex } from "../../src/tree/tree-index.js";

interface Sketch {
  /** A content by path; one that ends in "*" may be run. */
  readonly files?: Readonly<Record<string, string>>;
  readonly links?: Readonly<Record<string, string>>;
  readonly folders?: readonly string[];
}

function treeOf({ files = {}, links = {}, folders = [] }: Sketch): TreeIndex {
  const paths = [...Object.keys(files), ...Object.keys(links)];
  const parents = paths.flatMap((path) => {
    const segments = path.split("/").slice(0, -1);
    return segments.map((_, index) => segments.slice(0, index + 1).join("/"));
  });
  return {
    files: Object.entries(files)
      .map(([path, text]): HashedFile => {
        const content = text.replace(/\*$/, "");
        const hash = createHash("sha256").update(content).digest("hex");
        return {
          path,
          sizeBytes: content.length,
          executable: text.endsWith("*"),
          modifiedMs: 0,
          hash,
        };
      })
      .sort(byPath),
    links: Object.entries(links)
      .map(([path, target]) => ({ path, target }))
      .sort(byPath),
    folders: [...new Set([...parents, ...folders])].sort(),
  };
}

/** "kind path", with where its content comes from. */
function changes(before: Sketch, after: Sketch): readonly string[] {
  return compareTrees(treeOf(before), treeOf(after)).files.map((change) => {
    const from = "from" in change ? ` from ${change.from.path}` : "";
    const old = "old" in change && change.old !== undefined ? " over its old file" : "";
    return `${change.kind} ${change.file.path}${from}${old}`;
  });
}

const fileChanges = (before: Sketch["files"], after: Sketch["files"]) =>
  changes({ files: before ?? {} }, { files: after ?? {} });

describe("files", () => {
  test("that are the same are only counted", () => {
    const tree = treeOf({ files: { a: "1", b: "2*" } });
    expect(compareTrees(tree, tree)).toEqual({
      files: [],
      unchangedFiles: 2,
      links: [],
      folders: [],
    });
  });

  test("are added, changed and deleted, sorted by path", () => {
    expect(fileChanges({ b: "1", c: "2" }, { a: "3", b: "4" })).toEqual([
      "added a",
      "changed b over its old file",
      "deleted c",
    ]);
  });

  test("move, also where only the case of the name changes", () => {
    expect(fileChanges({ "Data.pak": "1" }, { "data.pak": "1" })).toEqual([
      "deleted Data.pak",
      "moved data.pak from Data.pak",
    ]);
  });

  test("that are there twice now were moved once and copied once", () => {
    expect(fileChanges({ a: "1" }, { b: "1", c: "1" })).toEqual([
      "deleted a",
      "moved b from a",
      "copied c from a",
    ]);
  });

  test("prefer to come from one of their own name that leaves", () => {
    expect(
      fileChanges({ "a/x": "1", "a/y": "1", "a/z": "1" }, { "b/y": "1", "b/x": "1", "a/z": "1" }),
    ).toEqual(["deleted a/x", "deleted a/y", "moved b/x from a/x", "moved b/y from a/y"]);
  });

  test("that changed places are copied over each other", () => {
    expect(fileChanges({ a: "1", b: "2" }, { a: "2", b: "1" })).toEqual([
      "copied a from b over its old file",
      "copied b from a over its old file",
    ]);
  });

  test("with another mode alone are told apart from those with other content", () => {
    expect(fileChanges({ a: "1", b: "2" }, { a: "1*", b: "3*" })).toEqual([
      "mode-changed a over its old file",
      "changed b over its old file",
    ]);
  });

  test("that are empty come from no other file", () => {
    expect(fileChanges({ a: "", c: "" }, { b: "", c: "" })).toEqual(["deleted a", "added b"]);
  });
});

describe("links", () => {
  test("are added, changed and deleted with what they held", () => {
    const before = treeOf({ links: { a: "1", b: "2", c: "3" } });
    const after = treeOf({ links: { b: "2", c: "4", d: "5" } });
    expect(compareTrees(before, after).links).toEqual([
      { action: "delete", path: "a", oldTarget: "1" },
      { action: "add", path: "c", target: "4", oldTarget: "3" },
      { action: "add", path: "d", target: "5" },
    ]);
  });

  test("take the place of files, and files theirs", () => {
    const before = treeOf({ files: { a: "1" }, links: { b: "x" } });
    const after = treeOf({ files: { b: "2" }, links: { a: "y" } });
    const { files, links } = compareTrees(before, after);
    expect(files.map(({ kind, file }) => [kind, file.path])).toEqual([
      ["deleted", "a"],
      ["added", "b"],
    ]);
    expect(links).toEqual([
      { action: "add", path: "a", target: "y" },
      { action: "delete", path: "b", oldTarget: "x" },
    ]);
  });
});

describe("folders", () => {
  const folders = (before: Sketch, after: Sketch) =>
    compareTrees(treeOf(before), treeOf(after)).folders;

  test("are added where they are empty, and deleted from the inside out", () => {
    expect(
      folders(
        { files: { "a/b/c/f": "1", "k/f": "2" } },
        { folders: ["x/y", "x"], files: { "k/f": "2" } },
      ),
    ).toEqual([
      { action: "add", path: "x/y" },
      { action: "delete", path: "a/b/c" },
      { action: "delete", path: "a/b" },
      { action: "delete", path: "a" },
    ]);
  });

  test("that lose their last file stay as empty ones", () => {
    expect(folders({ files: { "a/f": "1" } }, { folders: ["a"] })).toEqual([
      { action: "add", path: "a" },
    ]);
  });

  test("that were empty and are so still, or hold something now, say nothing", () => {
    expect(folders({ folders: ["a", "b"] }, { folders: ["a"], files: { "b/f": "1" } })).toEqual([]);
  });

  test("become files, and files folders", () => {
    const before = { files: { "a/f": "1", b: "2" } };
    const after = { files: { a: "3", "b/f": "4" } };
    expect(folders(before, after)).toEqual([{ action: "delete", path: "a" }]);
    expect(changes(before, after)).toEqual(["added a", "deleted a/f", "deleted b", "added b/f"]);
  });
});
