import { cp } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { buildUpdate } from "../../src/build/build-update.js";
import { applyByHand } from "../fixture/apply-by-hand.js";
import { arbitraryTree } from "../fixture/arbitrary-tree.js";
import { createSpliceEngine } from "../fixture/splice-engine.js";
import { treeSnapshot } from "../fixture/tree-snapshot.js";
import { twoVersions } from "../fixture/two-versions.js";

test("whatever the trees are, the update turns the one into the other", async () => {
  const engines = [createSpliceEngine()];
  await fc.assert(
    fc.asyncProperty(
      arbitraryTree,
      arbitraryTree,
      fc.constantFrom("paths", "hashes"),
      async (before, after, layout) => {
        const { folder, oldDir, newDir, outDir } = await twoVersions(before, after);
        const options = { engines, fromVersion: "1", toVersion: "2", layout } as const;
        await buildUpdate(oldDir, newDir, outDir, options);
        const copy = join(folder, "copy");
        await cp(oldDir, copy, { recursive: true, verbatimSymlinks: true });
        await applyByHand(outDir, copy, engines);
        expect(await treeSnapshot(copy)).toEqual(await treeSnapshot(newDir));
      },
    ),
    { numRuns: 150 },
  );
});
