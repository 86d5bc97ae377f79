import { cp } from "node:fs/promises";
import { expect, test } from "vitest";
import { applyUpdate } from "../../src/apply/apply-update.js";
import { recoverUpdate } from "../../src/recover-update.js";
import { faultyFileSystem } from "../fixture/faulty-file-system.js";
import { anotherProcess } from "../fixture/memory-site.js";
import { edited, noise } from "../fixture/sample-bytes.js";
import { createSpliceEngine } from "../fixture/splice-engine.js";
import { treeSnapshot } from "../fixture/tree-snapshot.js";
import { gameTree, gameVersions } from "../fixture/update-fixture.js";

const old = { "data/patched": noise(3_000), gone: "1", moves: "22", same: "s" };
const fresh = {
  "data/patched": edited(noise(3_000)),
  "in/packed": "word ".repeat(500),
  "in/whole": noise(200, 3),
  moved: "22",
  copy: "22",
  same: "s",
};

const told: Readonly<Record<string, readonly string[]>> = {
  EIO: ["IO_ERROR"],
  ENOSPC: ["NO_SPACE"],
  EACCES: ["IO_ERROR"],
  EROFS: ["IO_ERROR"],
};

test.each(Object.keys(told))(
  "%s at any file operation, the engine's too, leaves the old version or the new one, and the next call gives the new one",
  async (code) => {
    const { root, trees, update, folder } = await gameVersions(old, fresh);
    const patches = await update(0, 1);
    const before = await treeSnapshot(trees[0] as string);
    const after = await treeSnapshot(trees[1] as string);
    const codes = new Set<unknown>();
    // Each kind of error is met at other operations than the ones before it.
    let operation = 1 + 2 * Object.keys(told).indexOf(code);
    let [failures, errors] = [0, 0];
    for (; ; operation += 8) {
      const copy = `${folder}/copy-${operation}`;
      await cp(root, copy, { recursive: true });
      const fs = faultyFileSystem({ operation, code });
      const engines = [createSpliceEngine({ fs })];
      const options = { fs, engines, concurrency: 1, owners: anotherProcess() };
      const outcome = await applyUpdate(copy, patches, options).catch(
        (error: Error & { code?: string }) => {
          codes.add(error.code);
          errors++;
          return error;
        },
      );
      if (fs.failures() === 0) {
        expect(outcome).not.toBeInstanceOf(Error);
        break;
      }
      failures++;
      await recoverUpdate(copy, { owners: anotherProcess() });
      expect([before, after]).toContainEqual(await gameTree(copy));
      await applyUpdate(copy, patches, {
        engines: [createSpliceEngine()],
        owners: anotherProcess(),
      });
      expect(await gameTree(copy)).toEqual(after);
    }
    expect(failures).toBeGreaterThan(30);
    expect(errors).toBeGreaterThan(failures / 2);
    expect([...codes]).toEqual(told[code]);
  },
);

test.each(["EBUSY", "EMFILE"])("%s at any file operation is waited for", async (code) => {
  const { root, trees, update, folder } = await gameVersions(old, fresh);
  const patches = await update(0, 1);
  const after = await treeSnapshot(trees[1] as string);
  for (let operation = 3; ; operation += 23) {
    const copy = `${folder}/copy-${operation}`;
    await cp(root, copy, { recursive: true });
    const fs = faultyFileSystem({ operation, code });
    const options = { fs, engines: [createSpliceEngine()], concurrency: 1 };
    const outcome = await applyUpdate(copy, patches, options).catch((error: Error) => error);
    if (fs.failures() === 0) break;
    // Of an open file no operation is busy.
    if (outcome instanceof Error) expect(outcome.message).toMatch(/injected, (?:f|read|write)/);
    else expect(await gameTree(copy)).toEqual(after);
  }
});

test("short reads and writes lose nothing", async () => {
  const { root, trees, update } = await gameVersions(old, fresh);
  const fs = faultyFileSystem({ mostBytes: 61 });
  await applyUpdate(root, await update(0, 1), { fs, engines: [createSpliceEngine({ fs })] });
  expect(await gameTree(root)).toEqual(await treeSnapshot(trees[1] as string));
});
