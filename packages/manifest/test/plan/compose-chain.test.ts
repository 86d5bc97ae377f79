import type { FileEntry, Manifest } from "@potassium/core-types";
import { describe, expect, test } from "vitest";
import { composeChain } from "../../src/plan/compose-chain.js";
import { hashA, hashB, hashC, leastManifest } from "../fixture/manifests.js";

const manifest = (fields: Partial<Manifest>): Manifest => ({ ...leastManifest, ...fields });
const files = (...entries: readonly FileEntry[]) => manifest({ files: entries });
const patch = (oldHash: string, newHash: string, patchFile: string): FileEntry => ({
  action: "patch",
  path: "a",
  oldHash,
  newHash,
  patchFile,
  algorithm: "splice",
  patchSize: 7,
});
const add = (path: string, newHash: string, more: object = {}): FileEntry => ({
  action: "add",
  path,
  newHash,
  ...more,
});
const gone = (path: string, oldHash: string): FileEntry => ({ action: "delete", path, oldHash });

test("patches of one file are put one on another, with the content between them", () => {
  const { changes } = composeChain([
    files(patch(hashA, hashB, "p")),
    files(patch(hashB, hashC, "q")),
  ]);
  expect(changes).toMatchObject([
    {
      path: "a",
      before: { kind: "file", hash: hashA },
      after: {
        kind: "file",
        hash: hashC,
        recipes: [
          {
            kind: "patch",
            base: { kind: "copy", from: "a", newHash: hashA },
            steps: [
              { update: 0, file: "p", newHash: hashB },
              { update: 1, file: "q", newHash: hashC },
            ],
          },
        ],
      },
    },
  ]);
});

test("a file that was shipped whole and then patched is made of both, from the first on", () => {
  const { changes } = composeChain([files(add("a", hashB)), files(patch(hashB, hashC, "q"))]);
  const [change] = changes;
  expect(change?.before).toEqual({ kind: "absent" });
  expect(change?.after).toMatchObject({
    recipes: [{ kind: "patch", base: { kind: "whole", update: 0, file: "new/a" } }],
  });
});

test("what comes and goes is not spoken of, and a move of a move is one", () => {
  const { changes } = composeChain([
    files(add("passing", hashB), add("b", hashA, { copyFrom: "a" }), gone("a", hashA)),
    files(gone("passing", hashB), add("c", hashA, { copyFrom: "b" }), gone("b", hashA)),
  ]);
  expect(changes).toMatchObject([
    { path: "a", before: { kind: "file", hash: hashA }, after: { kind: "absent" } },
    { path: "c", after: { recipes: [{ kind: "copy", from: "a" }] } },
  ]);
});

test("a file that goes and comes again does not keep its old executable bit", () => {
  const { changes } = composeChain([files(gone("a", hashA)), files(add("a", hashB))]);
  expect(changes).toMatchObject([
    { before: { kind: "file", hash: hashA }, after: { kind: "file", executable: false } },
  ]);
});

test("of a link and a folder the last word counts", () => {
  const { changes, folders } = composeChain([
    manifest({
      links: [{ action: "add", path: "l", target: "a" }],
      folders: [{ action: "add", path: "f" }],
    }),
    manifest({
      links: [{ action: "add", path: "l", target: "b", oldTarget: "a" }],
      folders: [{ action: "delete", path: "f" }],
    }),
  ]);
  expect(changes).toEqual([
    { path: "l", before: { kind: "absent" }, after: { kind: "link", target: "b" } },
  ]);
  expect(folders).toEqual([{ path: "f", action: "delete" }]);
});

describe("composeChain refuses updates that don't fit together:", () => {
  test.each<readonly [string, readonly Manifest[]]>([
    ["a patch of other bytes", [files(patch(hashA, hashB, "p")), files(patch(hashA, hashC, "q"))]],
    ["a file deleted twice", [files(gone("a", hashA)), files(gone("a", hashA))]],
    [
      "a link where a file is",
      [
        files(add("a", hashA)),
        manifest({ links: [{ action: "delete", path: "a", oldTarget: "x" }] }),
      ],
    ],
  ])("%s", (_, chain) => {
    expect(() => composeChain(chain)).toThrow(
      expect.objectContaining({ code: "INVALID_MANIFEST", path: "a" }),
    );
  });
});

test.each<[string, string, string]>([
  ["a file in a file", "a", "a/b"],
  ["names that are one where case is not told apart", "a", "A"],
  ["the same in letters of two for one", "ß", "SS"],
])("updates that are each sound but together make %s are refused", (_, first, second) => {
  const compose = () => composeChain([files(add(first, hashA)), files(add(second, hashB))]);
  expect(compose).toThrow(expect.objectContaining({ code: "INVALID_MANIFEST" }));
  const [goes, empty] = [files(gone(first, hashA)), manifest({ files: [] })];
  expect(
    composeChain([files(add(first, hashA)), goes, files(add(second, hashB)), empty]),
  ).toBeDefined();
});
