import { rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { applyUpdate } from "../../src/apply/apply-update.js";
import { installedVersion } from "../../src/installed-version.js";
import { planUpdate } from "../../src/plan/plan-update.js";
import { rollbackUpdate } from "../../src/rollback-update.js";
import { edited, noise } from "../fixture/sample-bytes.js";
import { treeSnapshot } from "../fixture/tree-snapshot.js";
import { engines, gameTree, gameVersions } from "../fixture/update-fixture.js";

const large = noise(8_000);
const changed = (bytes: Buffer, at: number) => {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 0xff;
  return copy;
};
const versions = [
  { game: large, "data/a": "1", gone: "x", moved: noise(700, 4) },
  { game: changed(large, 100), "data/a": "2", "data/passing": "p", "new/moved": noise(700, 4) },
  { game: changed(changed(large, 100), 7_000), "data/b": "2", "last/moved": noise(700, 4) },
] as const;

test("three versions are one transaction: files between are made beside the installation, and only the ends count", async () => {
  const { root, trees, update } = await gameVersions(...versions);
  const chain = [await update(0, 1), await update(1, 2)];
  const plan = await planUpdate(root, chain, { engines });
  expect(plan).toMatchObject({ route: "chain", blocked: [], toVersion: "1.2" });
  expect(plan.perEngine["splice"]?.patches).toBe(2);
  // Never made, since it isn't there at the end.
  expect(plan.operations.map(({ path }) => path)).not.toContain("data/passing");
  const result = await applyUpdate(root, chain, { engines });
  expect(result).toMatchObject({ route: "chain", downloadedBytes: plan.downloadBytes });
  expect(await gameTree(root)).toEqual(await treeSnapshot(trees[2] as string));
  await rollbackUpdate(root);
  expect(await gameTree(root)).toEqual(await treeSnapshot(trees[0] as string));
});

test.each(["told", "not told"])(
  "a chain begins where the installation stands, which is %s",
  async (isTold) => {
    const { root, trees, update } = await gameVersions(...versions);
    const [first, second] = [await update(0, 1), await update(1, 2)];
    await applyUpdate(root, first, { engines });
    if (isTold === "not told") await rm(join(root, ".potassium"), { recursive: true });
    const result = await applyUpdate(root, [first, second], { engines });
    expect(result).toMatchObject({ route: "patches", toVersion: "1.2" });
    expect(await gameTree(root)).toEqual(await treeSnapshot(trees[2] as string));
  },
);

test("whole files are taken where that is the smaller download, by the signed sizes", async () => {
  const other = noise(8_000, 3);
  const { root, trees, update } = await gameVersions(
    { small: large, big: noise(900) },
    { small: other, big: edited(noise(900)) },
    // Back to words that compress well: the second patch needs the whole, the full manifest far less.
    { small: "word ".repeat(1_600), big: edited(edited(noise(900)).reverse()) },
  );
  const chain = [await update(0, 1), await update(1, 2)];
  const full = await update(undefined, 2);
  const alone = await planUpdate(root, chain, { engines });
  const both = await planUpdate(root, chain, { engines, full });
  const whole = await planUpdate(root, chain, { engines, full, force: "full" });
  const patched = await planUpdate(root, chain, { engines, full, force: "chain" });
  expect(both.downloadBytes).toBeLessThanOrEqual(
    Math.min(alone.downloadBytes, whole.downloadBytes),
  );
  expect(patched.downloadBytes).toBe(alone.downloadBytes);
  expect(whole.route).toBe("full");
  const result = await applyUpdate(root, chain, { engines, full });
  expect(result.downloadedBytes).toBe(both.downloadBytes);
  expect(await gameTree(root)).toEqual(await treeSnapshot(trees[2] as string));
});

test("a version that no update leads from comes by whole files", async () => {
  const { root, trees, update } = await gameVersions(...versions);
  const [first, full] = [await update(0, 1), await update(undefined, 2)];
  await applyUpdate(root, first, { engines });
  const third = await update(0, 2);
  await expect(applyUpdate(root, third, { engines })).rejects.toMatchObject({
    code: "WRONG_TARGET",
  });
  expect(await applyUpdate(root, [third, full], { engines })).toMatchObject({ route: "full" });
  expect(await installedVersion(root)).toMatchObject({ version: "1.2" });
  // What only the old version had is not known to be the game's: it stays.
  expect(await gameTree(root)).toMatchObject(await treeSnapshot(trees[2] as string));
});

describe("a chain is refused", () => {
  test("where an update is missing in it, or they are in the wrong order", async () => {
    const { root, update } = await gameVersions(...versions, { game: "4" });
    const [first, second, third] = [await update(0, 1), await update(1, 2), await update(2, 3)];
    for (const chain of [
      [first, third],
      [second, first],
      [first, first],
    ]) {
      await expect(planUpdate(root, chain)).rejects.toMatchObject({
        code: "INVALID_ARGUMENT",
        field: "updates[1]",
      });
    }
  });

  test("where two updates disagree on the version between them", async () => {
    const one = await gameVersions({ a: "1" }, { a: "2" }, { a: "3" });
    const two = await gameVersions({ a: "1" }, { a: "other" }, { a: "3" });
    const chain = [await one.update(0, 1), await two.update(1, 2)];
    await expect(planUpdate(one.root, chain)).rejects.toMatchObject({
      code: "INVALID_MANIFEST",
      path: "a",
    });
  });

  test("where they are of two products", async () => {
    const { root, update } = await gameVersions(...versions);
    const chain = [await update(0, 1, { product: "a" }), await update(1, 2, { product: "b" })];
    await expect(planUpdate(root, chain)).rejects.toMatchObject({
      code: "WRONG_TARGET",
      field: "product",
    });
  });
});
