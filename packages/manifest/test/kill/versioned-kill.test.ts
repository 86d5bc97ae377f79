import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { applyUpdate } from "../../src/apply/apply-update.js";
import { currentFolder } from "../../src/current-folder.js";
import { installedVersion } from "../../src/installed-version.js";
import { recoverUpdate } from "../../src/recover-update.js";
import { rollbackUpdate } from "../../src/rollback-update.js";
import { bundledProgram } from "../fixture/bundled-program.js";
import { randomOf } from "../fixture/memory-disk/lucks.js";
import { engines, gameVersions } from "../fixture/update-fixture.js";
import { exactTree } from "./exact-tree.js";
import { manyChanges } from "./many-changes.js";
import { copyTree, quickFolder } from "./quick-folder.js";
import { randomMoment } from "./timeline.js";
import { UpdatingProcess } from "./updating-process.js";

const source = fileURLToPath(new URL("./updating-program.ts", import.meta.url));
const { before, after } = manyChanges(180);
const updates = 36;
const options = { engines, mode: "versioned" } as const;

async function current(root: string) {
  const version = (await installedVersion(root))?.version;
  return { version, tree: exactTree(await currentFolder(root)) };
}

it("an update into a new version's folder that is killed at any of dozens of random moments leaves a whole version", {
  timeout: 300_000,
}, async () => {
  const { update, updateFolder } = await gameVersions(before, after);
  const folder = await quickFolder();
  const pristine = join(folder, "pristine");
  await mkdir(pristine);
  await applyUpdate(pristine, await update(undefined, 0), options);
  const opened = await update(0, 1);
  const program = await bundledProgram(source, join(folder, "program"));
  const job = (root: string) =>
    ({ work: "apply", root, update: updateFolder(0, 1), mode: "versioned" }) as const;

  const old = await current(pristine);
  const root = await copyTree(pristine, join(folder, "game"));
  await applyUpdate(root, opened, options);
  const made = await current(root);
  expect([old.version, made.version]).toEqual(["1.0", "1.1"]);
  // As in all that follow, there is an older version to be removed after the commit.
  await rollbackUpdate(root);
  const timeline = await new UpdatingProcess(program).measure(job(root));
  await rollbackUpdate(root);

  const random = randomOf(7);
  const counts = { kills: 0, old: 0, new: 0 };
  let next = new UpdatingProcess(program);
  for (let count = 0; count < updates; count += 1) {
    const updating = next;
    next = new UpdatingProcess(program);
    const moment = randomMoment(timeline, random);
    if ((await updating.kill(job(root), moment)) === "cut off") counts.kills += 1;
    expect(await recoverUpdate(root)).not.toHaveProperty("version");
    const found = await current(root);
    const version = found.version === old.version ? "old" : "new";
    counts[version] += 1;
    expect(found, JSON.stringify(moment)).toEqual(version === "old" ? old : made);
    await applyUpdate(root, opened, options);
    expect(await current(root)).toEqual(made);
    await rollbackUpdate(root);
    expect(await current(root)).toEqual(old);
    // What the killed ones had begun is gone.
    expect((await readdir(join(root, "versions"))).length).toBe(2);
    expect((await readdir(root)).sort()).toEqual([".potassium", "current.json", "versions"]);
  }
  await next[Symbol.asyncDispose]();
  expect(counts.kills).toBeGreaterThan(24);
  expect(counts.old, JSON.stringify(counts)).toBeGreaterThan(8);
  expect(counts.new, JSON.stringify(counts)).toBeGreaterThan(2);
});
