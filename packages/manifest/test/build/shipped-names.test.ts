import { createHash } from "node:crypto";
import { relativePathProblem } from "@potassium/core-types";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ShippedNames } from "../../src/build/shipped-names.js";
import { TreeSide } from "../../src/document/tree-side.js";

const hashOf = (text: string) => createHash("sha256").update(text).digest("hex");

describe("by paths", () => {
  const named = (...shipped: readonly (readonly ["patch" | "whole" | "packed", string])[]) => {
    const names = new ShippedNames("paths");
    return shipped.map(([kind, path]) => names.name(kind, path, hashOf(`${kind} ${path}`)));
  };

  test("each kind has its usual place", () => {
    expect(named(["patch", "a/b"], ["whole", "a/c"], ["packed", "a/d"])).toEqual([
      "a/b.patch",
      "new/a/c",
      "packed/a/d.br",
    ]);
  });

  test("a patch and a whole file that want one name get two", () => {
    expect(named(["patch", "new/x"], ["whole", "x.patch"])).toEqual([
      "new/x.patch",
      "new-2/x.patch",
    ]);
    expect(named(["patch", "new/X"], ["whole", "x.PATCH"])).toEqual([
      "new/X.patch",
      "new-2/x.PATCH",
    ]);
  });

  test("a patch that stands where another needs a folder gives way", () => {
    expect(named(["patch", "x"], ["patch", "x.patch/y"])).toEqual(["x.patch", "x.patch-2/y.patch"]);
    expect(named(["patch", "x.patch/y"], ["patch", "x"])).toEqual(["x.patch/y.patch", "x.patch-2"]);
  });

  test("nothing stands where the manifest and its signatures do", () => {
    expect(named(["patch", "manifest.json/x"], ["patch", "Manifest.JSON.sig/x"])).toEqual([
      "manifest.json-2/x.patch",
      "Manifest.JSON.sig-2/x.patch",
    ]);
  });

  test("a folder that another spells in another way is given a number", () => {
    expect(named(["whole", "a"], ["patch", "New/b"])).toEqual(["new/a", "New-2/b.patch"]);
  });

  test("a path that leaves no room for more is named by its hash", () => {
    const long = "x".repeat(255);
    const deep = Array.from({ length: 64 }, () => "d").join("/");
    const hash = hashOf(`patch ${long}`);
    expect(named(["patch", long])).toEqual([`objects/${hash.slice(0, 2)}/${hash}`]);
    expect(named(["whole", deep])[0]).toMatch(/^objects\//);
  });
});

test("by hashes, the same bytes have the same name", () => {
  const names = new ShippedNames("hashes");
  const hash = hashOf("x");
  expect(names.name("patch", "a", hash)).toBe(`objects/${hash.slice(0, 2)}/${hash}`);
  expect(names.name("whole", "b", hash)).toBe(`objects/${hash.slice(0, 2)}/${hash}`);
});

test("all names together can stand in one folder on every system", () => {
  const segment = fc.constantFrom(
    "new",
    "packed",
    "x",
    "x.patch",
    "New",
    "objects",
    "new-2",
    "x.br",
  );
  const path = fc.array(segment, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("/"));
  const kind = fc.constantFrom("patch" as const, "whole" as const, "packed" as const);
  fc.assert(
    fc.property(fc.uniqueArray(fc.tuple(kind, path), { selector: String }), (shipped) => {
      const names = new ShippedNames("paths");
      const folder = new TreeSide();
      for (const [index, [kind, path]] of shipped.entries()) {
        const name = names.name(kind, path, hashOf(String(index)));
        expect(relativePathProblem(name)).toBeUndefined();
        expect(folder.addLeaf(name)).toBeUndefined();
      }
    }),
  );
});
