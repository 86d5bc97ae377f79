import { cp } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { applyUpdate } from "../../src/apply/apply-update.js";
import { buildUpdate } from "../../src/build/build-update.js";
import { currentFolder } from "../../src/current-folder.js";
import { rollbackUpdate } from "../../src/rollback-update.js";
import { arbitraryTree } from "../fixture/arbitrary-tree.js";
import { temporaryFolder } from "../fixture/temporary-folder.js";
import { treeSnapshot } from "../fixture/tree-snapshot.js";
import { engines, gameTree, gameVersions, openFolder } from "../fixture/update-fixture.js";
import { writeTree } from "../fixture/write-tree.js";

test("whatever the trees are, applying the update gives the new one, and rolling it back the old one", async () => {
  await fc.assert(
    fc.asyncProperty(
      arbitraryTree,
      arbitraryTree,
      fc.constantFrom("paths", "hashes"),
      async (before, after, layout) => {
        const { root, trees, update } = await gameVersions(before, after);
        await applyUpdate(root, await update(0, 1, { layout }), { engines });
        expect(await gameTree(root)).toEqual(await treeSnapshot(trees[1] as string));
        await rollbackUpdate(root);
        expect(await gameTree(root)).toEqual(await treeSnapshot(trees[0] as string));
      },
    ),
    { numRuns: 30 },
  );
});

test("whatever three trees are, their updates applied as one give the last one", async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryTree, arbitraryTree, arbitraryTree, async (...versions) => {
      const { root, trees, update } = await gameVersions(...versions);
      const chain = [await update(0, 1), await update(1, 2)];
      await applyUpdate(root, chain, { engines });
      expect(await gameTree(root)).toEqual(await treeSnapshot(trees[2] as string));
    }),
    { numRuns: 30 },
  );
});

test("whatever the trees are, each version in a folder of its own is that tree", async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryTree, arbitraryTree, async (before, after) => {
      const folder = await temporaryFolder();
      const root = await writeTree(join(folder, "root"), {});
      const trees = [
        await writeTree(join(folder, "old"), before),
        await writeTree(join(folder, "new"), after),
      ] as const;
      const [first, second] = [join(folder, "first"), join(folder, "second")];
      await buildUpdate(undefined, trees[0], first, { engines, toVersion: "1" });
      await buildUpdate(trees[0], trees[1], second, { engines, fromVersion: "1", toVersion: "2" });
      for (const [index, update] of [first, second].entries()) {
        await applyUpdate(root, await openFolder(update), { engines, mode: "versioned" });
        const path = await currentFolder(root);
        expect(await treeSnapshot(path)).toEqual(await treeSnapshot(trees[index] as string));
      }
      await cp(root, join(folder, "moved"), { recursive: true, verbatimSymlinks: true });
      const path = await currentFolder(join(folder, "moved"));
      expect(await treeSnapshot(path)).toEqual(await treeSnapshot(trees[1]));
    }),
    { numRuns: 30 },
  );
});
