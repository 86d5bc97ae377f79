import * as nodeFs from "node:fs/promises";
import { symlink, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { applyUpdate } from "../../src/apply/apply-update.js";
import { installedVersion } from "../../src/installed-version.js";
import { recoverUpdate } from "../../src/recover-update.js";
import { rollbackUpdate } from "../../src/rollback-update.js";
import { repairInstall } from "../../src/verify/repair-install.js";
import { crashingFileSystem, interceptedFileSystem } from "../fixture/crashing-file-system.js";
import { anotherProcess } from "../fixture/memory-site.js";
import { rejectionOf } from "../fixture/rejection-of.js";
import { treeSnapshot } from "../fixture/tree-snapshot.js";
import { engines, gameTree, gameVersions } from "../fixture/update-fixture.js";

const before = { a: "1", b: "1", c: "1" };
const after = { a: "2", b: "2", c: "2" };

/** An update that was cut off after its first file, and whose second one was changed then. */
async function torn() {
  const versions = await gameVersions(before, after);
  const { root, update } = versions;
  const [patches, full] = [await update(0, 1), await update(undefined, 1)];
  let isOff = false;
  const fs = interceptedFileSystem(nodeFs, async ({ call, path }, work) => {
    if (isOff) throw new Error("the process has stopped");
    const done = await work();
    if (call === "rename" && path === join(root, "a")) isOff = true;
    return done;
  });
  await rejectionOf(() => applyUpdate(root, patches, { engines, fs }));
  // The lock of a process that is gone.
  for (const name of await nodeFs.readdir(join(root, ".potassium/lock")))
    await unlink(join(root, ".potassium/lock", name));
  await writeFile(join(root, "b"), "torn");
  expect(await rejectionOf(() => recoverUpdate(root))).toMatchObject({ code: "REPAIR_NEEDED" });
  return { ...versions, full };
}

const noSpace = () =>
  Object.assign(new Error("ENOSPC: injected"), { code: "ENOSPC", syscall: "write" });

test.each([
  ["journal.json can't be written", "write", ".potassium/journal.json.tmp"],
  ["journal.json can't be made durable", "fsync", ".potassium/"],
  ["a file can't be put in place", "rename", "c"],
])(
  "a repair that fails as %s doesn't make a torn installation look whole",
  async (_, call, path) => {
    const { root, trees, full } = await torn();
    let isFull = false;
    const fs = interceptedFileSystem(nodeFs, async (made, work) => {
      if (made.call === "rename" && made.path.endsWith("journal.json")) isFull = true;
      const isIt = made.call === call && made.path === `${root}/${path}`;
      if (isIt && (isFull || call === "write")) throw noSpace();
      return work();
    });
    expect(await rejectionOf(() => repairInstall(root, full, { fs }))).toMatchObject({
      code: "NO_SPACE",
    });
    const recovery = await recoverUpdate(root).catch((error: unknown) => error);
    const isWhole = (recovery as { state?: string }).state === "completed";
    if (!isWhole) expect(recovery).toMatchObject({ code: "REPAIR_NEEDED" });
    await repairInstall(root, full);
    expect(await gameTree(root)).toEqual(await treeSnapshot(trees[1] as string));
    expect(await installedVersion(root)).toMatchObject({ version: "1.1" });
  },
);

test("a repair of a torn installation, cut off at every operation, is finished or still needed, never taken for whole", async () => {
  const { root: tornRoot, folder, trees, full } = await torn();
  for (let crashAt = 1, isCutOff = true; isCutOff; crashAt++) {
    const root = join(folder, `torn-${crashAt}`);
    await nodeFs.cp(tornRoot, root, { recursive: true });
    const fs = crashingFileSystem(crashAt);
    const repair = () => repairInstall(root, full, { fs, owners: anotherProcess() });
    const outcome = await repair().catch((error: Error) => error);
    isCutOff = fs.calls() >= crashAt;
    if (!isCutOff) expect(outcome).toMatchObject({ toVersion: "1.1" });
    const owners = anotherProcess();
    const recovery = await recoverUpdate(root, { owners }).catch((error: unknown) => error);
    const { state } = recovery as { state?: string };
    if (state === undefined) expect(recovery).toMatchObject({ code: "REPAIR_NEEDED" });
    else expect(await gameTree(root)).toEqual(await treeSnapshot(trees[1] as string));
    await repairInstall(root, full, { owners: anotherProcess() });
    expect(await gameTree(root)).toEqual(await treeSnapshot(trees[1] as string));
  }
});

test("a torn installation is not come back to from its repair", async () => {
  const { root, full } = await torn();
  await repairInstall(root, full);
  expect(await rejectionOf(() => rollbackUpdate(root))).toMatchObject({ code: "NOT_FOUND" });
});

test.skipIf(process.platform === "win32")(
  "a repair that took a link out of the tree away can be rolled back",
  async () => {
    const { folder, root, update } = await gameVersions(before);
    const full = await update(undefined, 0);
    await unlink(join(root, "a"));
    await symlink(join(folder, "elsewhere"), join(root, "a"));
    const start = await gameTree(root);
    await repairInstall(root, full);
    await rollbackUpdate(root);
    expect(await gameTree(root)).toEqual(start);
  },
);
