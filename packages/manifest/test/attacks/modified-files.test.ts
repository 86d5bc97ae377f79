import { readFile, rm, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { PatchEngine } from "@potassium/core-types";
import { describe, expect, test } from "vitest";
import { applyUpdate } from "../../src/apply/apply-update.js";
import { planUpdate } from "../../src/plan/plan-update.js";
import { sha256 } from "../fixture/handmade-update.js";
import { edited, noise } from "../fixture/sample-bytes.js";
import { treeSnapshot } from "../fixture/tree-snapshot.js";
import { engines, gameTree, gameVersions } from "../fixture/update-fixture.js";

const large = noise(5_000);
const before = { a: large, gone: "x", moves: "m", same: "s" };
const after = { a: edited(large), new: "2", moved: "m", same: "s" };

test("wrong or modified old file: that path is refused with both hashes, and the full file offered", async () => {
  const { root, update } = await gameVersions(before, after);
  const [patches, full] = [await update(0, 1), await update(undefined, 1)];
  const mod = edited(edited(large).reverse());
  await writeFile(join(root, "a"), mod);
  const hashes = { expectedHash: sha256(large), foundHash: sha256(mod) };
  const alone = await planUpdate(root, patches, { engines });
  expect(alone.blocked).toMatchObject([
    { path: "a", code: "CONFLICT", ...hashes, replaceable: false },
  ]);
  const both = await planUpdate(root, patches, { engines, full });
  expect(both.blocked).toMatchObject([
    { path: "a", code: "CONFLICT", ...hashes, replaceable: true },
  ]);
  const tree = await gameTree(root);
  await expect(applyUpdate(root, patches, { engines, full })).rejects.toMatchObject({
    code: "CONFLICT",
    path: "a",
    foundHash: sha256(mod),
    expectedHash: sha256(large),
    problems: [{ path: "a", problem: expect.stringContaining(sha256(mod)) }],
  });
  expect(await gameTree(root)).toEqual(tree);

  const result = await applyUpdate(root, patches, { engines, full, replaceModified: true });
  expect(result.downloadedBytes).toBeGreaterThanOrEqual(5_000);
  expect((await readFile(join(root, "a"))).equals(edited(large))).toBe(true);
});

test("an old file of the right size with one other byte makes no wrong output", async () => {
  const { root, update } = await gameVersions(before, after);
  const wrong = Buffer.from(large);
  wrong[0] = (wrong[0] ?? 0) ^ 1;
  await writeFile(join(root, "a"), wrong);
  const refusal = applyUpdate(root, await update(0, 1), { engines });
  await expect(refusal).rejects.toMatchObject({ code: "CONFLICT", path: "a" });
  expect((await readFile(join(root, "a"))).equals(wrong)).toBe(true);
});

test("delete of a file that isn't the one described: it is refused, and the file stays", async () => {
  const { root, update } = await gameVersions(before, after);
  await writeFile(join(root, "gone"), "my own");
  const patches = await update(0, 1);
  await expect(applyUpdate(root, patches, { engines })).rejects.toMatchObject({
    code: "CONFLICT",
    path: "gone",
    foundHash: sha256("my own"),
    expectedHash: sha256("x"),
  });
  const result = await applyUpdate(root, patches, { engines, replaceModified: true });
  expect(result.kept).toEqual(["gone"]);
  expect(await readFile(join(root, "gone"), "utf8")).toBe("my own");
});

test("players' own files and mods stay, in folders that the update empties too", async () => {
  const { root, update } = await gameVersions({ "mods/base": "1", a: "1" }, { a: "2" });
  await writeFile(join(root, "mods/mine"), "mine");
  await writeFile(join(root, "own.cfg"), "own");
  await applyUpdate(root, await update(0, 1), { engines });
  expect(await readFile(join(root, "mods/mine"), "utf8")).toBe("mine");
  expect(await readFile(join(root, "own.cfg"), "utf8")).toBe("own");
  expect(Object.keys(await gameTree(root)).sort()).toEqual(["a", "mods", "mods/mine", "own.cfg"]);
});

test("a player's file where the update adds one is refused", async () => {
  const { root, update } = await gameVersions(before, after);
  await writeFile(join(root, "new"), "mine");
  await expect(applyUpdate(root, await update(0, 1), { engines })).rejects.toMatchObject({
    code: "CONFLICT",
    path: "new",
  });
  expect(await readFile(join(root, "new"), "utf8")).toBe("mine");
});

test("a file that is missing is refused, and made whole where that is asked for", async () => {
  const { root, trees, update } = await gameVersions(before, after);
  await rm(join(root, "a"));
  const [patches, full] = [await update(0, 1), await update(undefined, 1)];
  await expect(applyUpdate(root, patches, { engines, full })).rejects.toMatchObject({
    code: "CONFLICT",
    path: "a",
  });
  await applyUpdate(root, patches, { engines, full, replaceModified: true });
  expect(await gameTree(root)).toEqual(await treeSnapshot(trees[1] as string));
});

describe("the old file changes between check and use: nothing of it is published,", () => {
  const cases = {
    "the file that is patched": "a",
    "the file that is copied": "moves",
    "the file that is deleted": "gone",
  } as const;
  for (const [what, path] of Object.entries(cases)) {
    test(what, async () => {
      const { root, update } = await gameVersions(before, after);
      const patches = await update(0, 1);
      // After all was looked at, and before anything is made of it.
      const source: typeof patches.source = {
        name: "meddling",
        async open(file, options) {
          await writeFile(join(root, path), "another by now");
          return patches.source.open(file, options);
        },
      };
      const updating = applyUpdate(
        root,
        { ...patches, source },
        {
          engines,
          concurrency: 1,
        },
      );
      await expect(updating).rejects.toMatchObject({ code: "CONFLICT", path });
      expect(await gameTree(root)).toEqual({
        ...(await gameTreeOf(before)),
        [path]: sha256("another by now"),
      });
    });
  }

  test("while the engine reads it", async () => {
    const { root, update } = await gameVersions(before, after);
    const [engine] = engines as [PatchEngine];
    const meddling: PatchEngine = {
      ...engine,
      async apply(oldPath, patchPath, newPath, options) {
        const right = await readFile(oldPath);
        await writeFile(oldPath, "another by now");
        try {
          return await engine.apply(oldPath, patchPath, newPath, options);
        } finally {
          await unlink(oldPath);
          await writeFile(oldPath, right.reverse());
        }
      },
    };
    const updating = applyUpdate(root, await update(0, 1), { engines: [meddling] });
    await expect(updating).rejects.toMatchObject({
      code: "CONFLICT",
      path: "a",
      expectedHash: sha256(large),
    });
  });

  test("and an engine that looks at no hash", async () => {
    const { root, update } = await gameVersions(before, after);
    const [engine] = engines as [PatchEngine];
    const careless: PatchEngine = {
      ...engine,
      async apply(_, __, newPath) {
        await writeFile(newPath, noise(5_000, 8));
        return { newBytes: 5_000 };
      },
    };
    const tree = await gameTree(root);
    const updating = applyUpdate(root, await update(0, 1), { engines: [careless] });
    await expect(updating).rejects.toMatchObject({
      code: "HASH_MISMATCH",
      path: "a",
      expectedHash: sha256(edited(large)),
    });
    expect(await gameTree(root)).toEqual(tree);
  });
});

async function gameTreeOf(nodes: Readonly<Record<string, string | Uint8Array>>) {
  return Object.fromEntries(Object.entries(nodes).map(([path, bytes]) => [path, sha256(bytes)]));
}
