import * as nodeFs from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { emptyFolder, removeTree } from "../../src/transaction/remove-tree.js";
import { temporaryFolder } from "../fixture/temporary-folder.js";
import { treeSnapshot } from "../fixture/tree-snapshot.js";
import { writeTree } from "../fixture/write-tree.js";

it("removeTree() removes links and not what they lead to", async () => {
  const root = await writeTree(await temporaryFolder(), {
    "mine/save.dat": "mine",
    "stage/deep/x": "x",
    "stage/link": { link: "../mine" },
    "stage/deep/link": { link: "../../mine/save.dat" },
  });
  await removeTree(nodeFs, join(root, "stage"));
  expect(Object.keys(await treeSnapshot(root))).toEqual(["mine", "mine/save.dat"]);
  await removeTree(nodeFs, join(root, "stage"));
});

it("emptyFolder() leaves the names that it is told to leave, and counts the others", async () => {
  const root = await writeTree(await temporaryFolder(), { "a/x": "x", b: "b", c: "c" });
  expect(await emptyFolder(nodeFs, root, new Set(["b"]))).toBe(2);
  expect(await nodeFs.readdir(root)).toEqual(["b"]);
  expect(await emptyFolder(nodeFs, join(root, "none"))).toBe(0);
});
