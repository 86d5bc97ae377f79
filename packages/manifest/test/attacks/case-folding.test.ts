import { describe, expect, test } from "vitest";
import { applyUpdate } from "../../src/apply/apply-update.js";
import { currentFolder } from "../../src/current-folder.js";
import { planUpdate } from "../../src/plan/plan-update.js";
import { handmadeUpdate, sha256 } from "../fixture/handmade-update.js";
import { installedDisk, onDisk, root } from "../fixture/memory-site.js";
import { type Nodes, nodeSnapshot, siteSnapshot } from "../fixture/node-snapshot.js";
import { createSpliceEngine } from "../fixture/splice-engine.js";
import { treePairs } from "../fixture/tree-pairs.js";
import { gameVersions } from "../fixture/update-fixture.js";

// A disk that tells no case apart, as those of Windows and macOS.
const folds = { folds: true };
const renames = "case-only renames of files and folders";

describe("where the disk tells no case apart,", () => {
  test.each([true, false])(
    "case-only renames are done in place (disk folds: %s)",
    async (folds) => {
      const [before, after] = treePairs[renames] as readonly [Nodes, Nodes];
      const { update } = await gameVersions(before, after);
      const disk = await installedDisk(before, { folds });
      const engines = [createSpliceEngine({ fs: disk.fs })];
      await applyUpdate(root, await update(0, 1), { ...onDisk(disk), engines });
      expect(await siteSnapshot(disk.fs, root)).toEqual(nodeSnapshot(after));
    },
  );

  test("case-only renames are done in a folder of its own", async () => {
    const [before, after] = treePairs[renames] as readonly [Nodes, Nodes];
    const { update } = await gameVersions(before, after);
    const disk = await installedDisk({}, folds);
    const options = () => ({
      ...onDisk(disk),
      engines: [createSpliceEngine({ fs: disk.fs })],
      mode: "versioned" as const,
    });
    await applyUpdate(root, await update(undefined, 0), options());
    await applyUpdate(root, await update(0, 1), options());
    const path = await currentFolder(root, { fs: disk.fs });
    expect(await siteSnapshot(disk.fs, path)).toEqual(nodeSnapshot(after));
  });

  test.each([
    ["leaf", "Game.exe", "game.exe"],
    ["folder", "Data/a.pak", "data/a.pak"],
  ])(
    "8.3 alias and other spellings: a %s's real name must be the manifest's",
    async (_, real, told) => {
      const disk = await installedDisk({ [real]: "1" }, folds);
      const files = [
        {
          path: told,
          action: "add",
          old_hash: sha256("1"),
          new_hash: sha256("2"),
          new_size: 1,
          file: "f",
        },
      ];
      const update = await handmadeUpdate({ files }, { f: "2" });
      const { blocked } = await planUpdate(root, update, onDisk(disk));
      expect(blocked).toMatchObject([{ path: told, code: "UNSAFE_PLACE" }]);
      const refusal = applyUpdate(root, update, onDisk(disk));
      await expect(refusal).rejects.toMatchObject({ code: "UNSAFE_PLACE", path: told });
      expect(await siteSnapshot(disk.fs, root)).toEqual(nodeSnapshot({ [real]: "1" }));
    },
  );
});

test("as on Windows, where folders can't be opened, there are no links of files and no executable bit", async () => {
  const traits = { folds: true, linkless: true, bitless: true, closedFolders: true };
  const before: Nodes = { a: "1", "b/c": "2", gone: "3" };
  const after: Nodes = { a: "11", "b/d": "2", "e/f": "4" };
  const { update } = await gameVersions(before, after);
  const [full, patches] = [await update(undefined, 0), await update(0, 1)];
  const disk = await installedDisk(before, traits);
  const options = () => ({ ...onDisk(disk, { system: "win32" }), engines: [] });
  await applyUpdate(root, patches, options());
  expect(await siteSnapshot(disk.fs, root)).toEqual(nodeSnapshot(after));

  const other = await installedDisk({}, traits);
  const versioned = () => ({
    ...onDisk(other, { system: "win32" }),
    engines: [],
    mode: "versioned" as const,
  });
  await applyUpdate(root, full, versioned());
  await applyUpdate(root, patches, versioned());
  const path = await currentFolder(root, { fs: other.fs });
  expect(await siteSnapshot(other.fs, path)).toEqual(nodeSnapshot(after));
});
