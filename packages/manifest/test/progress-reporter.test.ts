import { join } from "node:path";
import { expect, test } from "vitest";
import { applyUpdate } from "../src/apply/apply-update.js";
import { buildUpdate } from "../src/build/build-update.js";
import { hashFile } from "../src/document/hash-file.js";
import { planUpdate } from "../src/plan/plan-update.js";
import { repairInstall } from "../src/verify/repair-install.js";
import { verifyInstall } from "../src/verify/verify-install.js";
import { rejectionOf } from "./fixture/rejection-of.js";
import { treeSnapshot } from "./fixture/tree-snapshot.js";
import { engines, gameVersions } from "./fixture/update-fixture.js";

const [before, after] = [
  { "game.pak": "one", map: "1" },
  { "game.pak": "two", map: "2" },
] as const;

async function calls() {
  const { folder, root, trees, update } = await gameVersions(before, after);
  const [patches, full] = [await update(0, 1), await update(undefined, 1)];
  const [oldDir = "", newDir = ""] = trees;
  const out = join(folder, "out");
  const each = {
    applyUpdate: (options: object) => applyUpdate(root, patches, { engines, ...options }),
    planUpdate: (options: object) => planUpdate(root, patches, { engines, ...options }),
    verifyInstall: (options: object) => verifyInstall(root, full, options),
    repairInstall: (options: object) => repairInstall(root, full, options),
    buildUpdate: (options: object) =>
      buildUpdate(oldDir, newDir, out, {
        engines,
        fromVersion: "1.0",
        toVersion: "1.1",
        ...options,
      }),
    hashFile: (options: object) => hashFile(join(root, "map"), options),
  };
  return { folder, each };
}

test("an async onProgress is refused at its first call, and what it rejects with ends no process", async () => {
  const { folder, each } = await calls();
  const seen = await treeSnapshot(folder);
  for (const [name, call] of Object.entries(each)) {
    const onProgress = async () => Promise.reject(new Error("the window is closed"));
    const error = await rejectionOf(() => call({ onProgress }));
    expect(error, name).toMatchObject({ code: "INVALID_ARGUMENT", field: "onProgress" });
    const left = Object.entries(await treeSnapshot(folder)).filter(
      ([path]) => !path.includes(".potassium"),
    );
    expect(Object.fromEntries(left), name).toEqual(seen);
  }
});

test("an onProgress that is no function is refused before anything is done", async () => {
  const { folder, each } = await calls();
  const seen = await treeSnapshot(folder);
  for (const [name, call] of Object.entries(each)) {
    const error = await rejectionOf(() => call({ onProgress: "bar" }));
    expect(error, name).toMatchObject({ code: "INVALID_ARGUMENT", field: "onProgress" });
  }
  expect(await treeSnapshot(folder)).toEqual(seen);
});
