import { execFileSync } from "node:child_process";
import {
  link,
  lstat,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { applyUpdate } from "../../src/apply/apply-update.js";
import { planUpdate } from "../../src/plan/plan-update.js";
import { edited, noise } from "../fixture/sample-bytes.js";
import { treeSnapshot } from "../fixture/tree-snapshot.js";
import { engines, gameTree, gameVersions } from "../fixture/update-fixture.js";

const large = noise(5_000);
const before = { "data/a.pak": large, "data/gone": "x", top: "1" };
const after = { "data/a.pak": edited(large), "data/new": "2", top: "2" };

/** What an attacker has done to the installation, and the path at which it is refused. */
const refused: Readonly<
  Record<string, readonly [path: string, attack: (root: string, outside: string) => Promise<void>]>
> = {
  "symlink in a parent, that leads outside": [
    "data/a.pak",
    async (root, outside) => {
      await rename(join(root, "data"), join(outside, "data"));
      await symlink(join(outside, "data"), join(root, "data"));
    },
  ],
  "symlink in a parent, even if it resolves inside": [
    "data/a.pak",
    async (root) => {
      await rename(join(root, "data"), join(root, "elsewhere"));
      await symlink("elsewhere", join(root, "data"));
    },
  ],
  "target leaf is a symlink to the right file": [
    "data/a.pak",
    async (root, outside) => {
      await rename(join(root, "data/a.pak"), join(outside, "a.pak"));
      await symlink(join(outside, "a.pak"), join(root, "data/a.pak"));
    },
  ],
  "target leaf is a symlink where nothing should be": [
    "data/new",
    (root, outside) => symlink(join(outside, "precious"), join(root, "data/new")),
  ],
  "target leaf is a folder": [
    "data/new",
    async (root) => void (await mkdir(join(root, "data/new"))),
  ],
  "target leaf is a FIFO": [
    "data/a.pak",
    async (root) => {
      await rm(join(root, "data/a.pak"));
      execFileSync("mkfifo", [join(root, "data/a.pak")]);
    },
  ],
  "a parent is a file": [
    "data/a.pak",
    async (root) => {
      await rm(join(root, "data"), { recursive: true });
      await writeFile(join(root, "data"), "no folder");
    },
  ],
};

describe.skipIf(process.platform === "win32")("refused before the first write:", () => {
  for (const [what, [path, attack]] of Object.entries(refused)) {
    test(what, async () => {
      const { folder, root, update } = await gameVersions(before, after);
      const outside = join(folder, "outside");
      await mkdir(outside);
      await writeFile(join(outside, "precious"), "precious");
      const patches = await update(0, 1);
      await attack(root, outside);
      const kept = [await lookAt(root), await treeSnapshot(outside)];

      const plan = await planUpdate(root, patches, { engines });
      expect(plan.blocked).toContainEqual(expect.objectContaining({ path, code: "UNSAFE_PLACE" }));
      for (const replaceModified of [false, true]) {
        const refusal = applyUpdate(root, patches, { engines, replaceModified });
        await expect(refusal).rejects.toMatchObject({ code: "UNSAFE_PLACE" });
      }
      expect([await lookAt(root), await treeSnapshot(outside)]).toEqual(kept);
    });
  }

  test("the updater's own folder is a link", async () => {
    const { folder, root, update } = await gameVersions(before, after);
    await mkdir(join(folder, "outside"));
    await symlink(join(folder, "outside"), join(root, ".potassium"));
    const refusal = applyUpdate(root, await update(0, 1), { engines });
    await expect(refusal).rejects.toMatchObject({ code: "UNSAFE_PLACE" });
    expect(await readdir(join(folder, "outside"))).toEqual([]);
  });

  test("the updater's stage or downloads are a link", async () => {
    for (const name of ["stage", "download", "backup", "lock"]) {
      const { folder, root, update } = await gameVersions(before, after);
      await mkdir(join(folder, "outside"));
      await mkdir(join(root, ".potassium"));
      await symlink(join(folder, "outside"), join(root, ".potassium", name));
      const refusal = applyUpdate(root, await update(0, 1), { engines });
      await expect(refusal).rejects.toMatchObject({ code: "UNSAFE_PLACE" });
      expect(await readdir(join(folder, "outside"))).toEqual([]);
    }
  });

  test("a folder that must give way to a file holds a file of the player's", async () => {
    const { root, update } = await gameVersions({ "a/x": "1" }, { a: "2" });
    await writeFile(join(root, "a/mine"), "mine");
    const patches = await update(0, 1);
    const plan = await planUpdate(root, patches);
    expect(plan.blocked).toMatchObject([{ path: "a/mine", code: "CONFLICT" }]);
    await expect(applyUpdate(root, patches)).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await gameTree(root)).toMatchObject({ a: "folder", "a/mine": expect.any(String) });
  });
});

test("target is hard-linked elsewhere: it gets a new inode, and the other name keeps its bytes", async () => {
  const { folder, root, trees, update } = await gameVersions(before, after);
  const other = join(folder, "other-name");
  await link(join(root, "data/a.pak"), other);
  const { ino } = await lstat(other);
  await applyUpdate(root, await update(0, 1), { engines });
  expect((await lstat(join(root, "data/a.pak"))).ino).not.toBe(ino);
  expect((await readFile(other)).equals(large)).toBe(true);
  expect(await gameTree(root)).toEqual(await treeSnapshot(trees[1] as string));
});

test("writing through a link made in the same update: links are made last, beside what they lead to", async () => {
  const { root, trees, update } = await gameVersions(
    { "real/x": "1", dir: { link: "real" } },
    { "dir/x": "2", real: { link: "dir" } },
  );
  await applyUpdate(root, await update(0, 1), { engines });
  expect(await gameTree(root)).toEqual(await treeSnapshot(trees[1] as string));
  expect((await lstat(join(root, "dir"))).isDirectory()).toBe(true);
});

/** Like a snapshot, but of what can't be read too. */
async function lookAt(root: string): Promise<Readonly<Record<string, unknown>>> {
  const seen: Record<string, unknown> = {};
  for (const name of (await readdir(root, { recursive: true })).sort()) {
    if (name.startsWith(".potassium")) continue;
    const { ino, size, mtimeMs, mode } = await lstat(join(root, name));
    seen[name] = { ino, size, mtimeMs, mode };
  }
  return seen;
}
