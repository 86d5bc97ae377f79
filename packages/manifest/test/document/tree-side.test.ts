import * as fc from "fast-check";
import { expect, test } from "vitest";
import { TreeSide } from "../../src/document/tree-side.js";

/** Few names, so that they meet often. */
const name = fc.constantFrom("a", "A", "b", "é", "É");
const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join("/"));
const entries = fc.array(fc.record({ path, kind: fc.constantFrom("leaf", "folder") }), {
  maxLength: 6,
});

/** All prefixes of a path, itself among them: `a/b` gives `a` and `a/b`. */
function prefixes(whole: string): string[] {
  const names = whole.split("/");
  return names.map((_, index) => names.slice(0, index + 1).join("/"));
}

/** The same, by looking at each pair: at what stands at each place, and how it is spelt. */
function fitsTogether(list: readonly { readonly path: string; readonly kind: string }[]): boolean {
  const places = list.flatMap(({ path: whole, kind }, entry) =>
    prefixes(whole).map((at) => ({ at, entry, leaf: kind === "leaf" && at === whole })),
  );
  return places.every((one) =>
    places.every((other) => {
      if (one.entry === other.entry || one.at.toUpperCase() !== other.at.toUpperCase()) return true;
      return one.at === other.at && !one.leaf && !other.leaf;
    }),
  );
}

test("TreeSide finds what two by two can't stand together, in whatever order it comes", () => {
  fc.assert(
    fc.property(entries, (list) => {
      const side = new TreeSide();
      const problems = list.map(({ path: whole, kind }) =>
        kind === "leaf" ? side.addLeaf(whole) : side.addFolder(whole),
      );
      expect(problems.every((problem) => problem === undefined)).toBe(fitsTogether(list));
    }),
    { numRuns: 3000 },
  );
});

test("TreeSide knows the folders of its files, by their exact spelling", () => {
  const side = new TreeSide();
  side.addLeaf("Data/a/b.pak");
  expect(["Data", "Data/a", "data", "Data/a/b.pak"].map((at) => side.hasFolder(at))).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
