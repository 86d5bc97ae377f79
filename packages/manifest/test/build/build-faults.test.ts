import * as nodeFs from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { BuildOptions, BuildProgress } from "../../src/build/build-options.js";
import { buildUpdate } from "../../src/build/build-update.js";
import type { UpdateFileSystem } from "../../src/fs/update-file-system.js";
import { generateKeyPair } from "../../src/signing/generate-key-pair.js";
import { faultyFileSystem } from "../fixture/faulty-file-system.js";
import { rejectionOf } from "../fixture/rejection-of.js";
import { edited, noise } from "../fixture/sample-bytes.js";
import { createSpliceEngine } from "../fixture/splice-engine.js";
import { treeSnapshot } from "../fixture/tree-snapshot.js";
import { type TwoVersions, twoVersions } from "../fixture/two-versions.js";

const large = noise(5_000);
const trees = () =>
  twoVersions(
    { patched: large, "in/gone": "1", moved: "22" },
    {
      patched: edited(large),
      "deep/in/whole": noise(50),
      packed: "word ".repeat(100),
      moved2: "22",
      link: { link: "packed" },
      empty: { folder: true },
    },
  );

const { privateKey } = generateKeyPair();

const build = ({ oldDir, newDir, outDir }: TwoVersions, options: Partial<BuildOptions> = {}) => {
  const fs: UpdateFileSystem = options.fs ?? nodeFs;
  return buildUpdate(oldDir, newDir, outDir, {
    engines: [createSpliceEngine({ fs })],
    fromVersion: "1",
    toVersion: "2",
    created: "2026-01-02T03:04:05Z",
    sign: [privateKey],
    concurrency: 1,
    ...options,
  });
};

async function expectUntouched({ folder, oldDir, newDir }: TwoVersions, before: unknown) {
  expect((await nodeFs.readdir(folder)).sort()).toEqual(["new", "old"]);
  expect([await treeSnapshot(oldDir), await treeSnapshot(newDir)]).toEqual(before);
}

test.each(["ENOSPC", "EIO", "EACCES", "EMFILE"])(
  "%s at any file operation ends the build with a code, and leaves nothing",
  async (code) => {
    const versions = await trees();
    const before = [await treeSnapshot(versions.oldDir), await treeSnapshot(versions.newDir)];
    for (let operation = 1; ; operation++) {
      const fs = faultyFileSystem({ operation, code });
      const error = await build(versions, { fs }).then(
        () => undefined,
        (failure: unknown) => failure,
      );
      if (fs.failures() === 0) {
        // It never came to this operation: all of them were tried.
        expect(error).toBeUndefined();
        expect(operation).toBeGreaterThan(60);
        return;
      }
      if (error === undefined) {
        // Only what is cleaned up may fail unseen.
        await nodeFs.rm(versions.outDir, { recursive: true });
        for (const name of await nodeFs.readdir(versions.folder)) {
          if (name.endsWith(".tmp"))
            await nodeFs.rm(join(versions.folder, name), { recursive: true });
        }
        continue;
      }
      expect(error, `operation ${operation}`).toMatchObject({
        name: "ManifestError",
        code: code === "ENOSPC" ? expect.stringMatching(/^(NO_SPACE|IO_ERROR)$/) : "IO_ERROR",
      });
      await expectUntouched(versions, before);
    }
  },
);

test("EIO at any file operation of a build of two updates leaves both, or neither", async () => {
  const versions = await trees();
  const fullDir = join(versions.folder, "full");
  const before = [await treeSnapshot(versions.oldDir), await treeSnapshot(versions.newDir)];
  for (let operation = 1; ; operation++) {
    const fs = faultyFileSystem({ operation, code: "EIO" });
    const failure = await build(versions, { fs, fullDir }).then(
      () => undefined,
      (error: unknown) => error,
    );
    const names = await nodeFs.readdir(versions.folder);
    if (failure !== undefined) await expectUntouched(versions, before);
    else expect(names).toEqual(expect.arrayContaining(["full", "out"]));
    if (fs.failures() === 0) {
      expect(operation).toBeGreaterThan(100);
      return;
    }
    for (const name of names.filter((name) => name !== "old" && name !== "new")) {
      await nodeFs.rm(join(versions.folder, name), { recursive: true, force: true });
    }
  }
});

test("short writes are put together", async () => {
  const versions = await trees();
  await build(versions);
  const whole = await treeSnapshot(versions.outDir);
  await nodeFs.rm(versions.outDir, { recursive: true });
  await build(versions, { fs: faultyFileSystem({ mostBytes: 7 }) });
  expect(await treeSnapshot(versions.outDir)).toEqual(whole);
});

test("an abort at any sign of progress rejects with its reason and leaves nothing", async () => {
  const versions = await trees();
  const before = [await treeSnapshot(versions.oldDir), await treeSnapshot(versions.newDir)];
  for (let report = 1; ; report++) {
    const controller = new AbortController();
    const reason = new Error(`aborted at report ${report}`);
    let reports = 0;
    const onProgress = () => {
      if (++reports === report) controller.abort(reason);
    };
    const error = await build(versions, { signal: controller.signal, onProgress }).then(
      () => undefined,
      (failure: unknown) => failure,
    );
    if (!controller.signal.aborted) break;
    expect(error).toBe(reason);
    await expectUntouched(versions, before);
  }
});

test("a signal that is aborted before leaves the file system alone", async () => {
  const fs = faultyFileSystem({ operation: 1, code: "EIO" });
  const signal = AbortSignal.abort("gone");
  expect(await rejectionOf(async () => build(await trees(), { fs, signal }))).toBe("gone");
  expect(fs.failures()).toBe(0);
});

test("what onProgress throws ends the build, and nothing is left", async () => {
  const versions = await trees();
  const before = [await treeSnapshot(versions.oldDir), await treeSnapshot(versions.newDir)];
  for (const phase of ["scan", "hash", "make", "write"]) {
    const failure = new Error("the progress bar broke");
    const onProgress = (progress: BuildProgress) => {
      if (progress.phase === phase) throw failure;
    };
    expect(await rejectionOf(() => build(versions, { onProgress }))).toBe(failure);
    await expectUntouched(versions, before);
  }
});

test("progress rises in each phase to its total, and tells the files", async () => {
  const reports: BuildProgress[] = [];
  await build(await trees(), { onProgress: (progress) => reports.push(progress), concurrency: 4 });
  const phases = [...new Set(reports.map(({ phase }) => phase))];
  expect(phases).toEqual(["scan", "hash", "make", "write"]);
  for (const phase of phases) {
    const done = reports
      .filter((report) => report.phase === phase)
      .map(({ doneBytes }) => doneBytes);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    const last = reports.findLast((report) => report.phase === phase);
    expect(last?.doneBytes).toBe(last?.totalBytes);
  }
  const hashed = reports.filter(({ phase }) => phase === "hash").map(({ path }) => path);
  expect(hashed).toContain("deep/in/whole");
});
