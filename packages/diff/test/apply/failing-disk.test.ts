import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { createBsdiff, createHdiff } from "../../src/index.js";
import { rejectionOf } from "../fixture/rejection-of.js";
import { type SamplePatch, samplePatches } from "../fixture/sample-patches.js";
import { type WatchOptions, watchedFileSystem } from "../fixture/watched-file-system.js";
import { sha256, WorkFolder } from "../fixture/work-folder.js";

for (const sample of samplePatches) {
  describe(`applying ${sample.file}`, () => {
    for (const code of ["EIO", "ENOSPC"]) {
      test(`leaves nothing where any one operation fails with ${code}`, async () => {
        for (let failing = 1, done = false; !done; failing += 1) {
          const { folder, fs, apply } = await prepare(sample, {
            before: (number, operation) => {
              if (number !== failing) return;
              throw Object.assign(new Error(`${code}: ${operation}`), { code });
            },
          });
          done = await apply().then(
            () => true,
            (error) => {
              expect(error.code, `operation ${failing}: ${error.stack}`).toBe("IO_ERROR");
              return false;
            },
          );
          expect(fs.openFiles(), `operation ${failing}`).toBe(0);
          const target = await folder.read("target");
          // Only the first look whether a folder stands there may fail without harm.
          expect(sha256(target)).toBe(done ? sample.newSha256 : sample.oldSha256);
          expect(await folder.names()).toEqual(["target"]);
          if (done) done = failing > fs.operations();
        }
      });
    }

    test("goes through where each read and write does a few bytes only", async () => {
      const { folder, fs, apply } = await prepare(sample, { atOnce: 613 });
      await apply();
      expect(sha256(await folder.read("target"))).toBe(sample.newSha256);
      expect(fs.openFiles()).toBe(0);
    });

    test("rejects with the reason and leaves nothing where it is aborted at any operation", async () => {
      const reason = new Error("the caller has gone");
      for (let at = 1, done = false; !done; at += 1) {
        const controller = new AbortController();
        const { folder, fs, apply } = await prepare(sample, {
          before: (number) => {
            if (number === at) controller.abort(reason);
          },
        });
        const outcome = await apply(controller.signal).then(
          () => "done",
          (error) => error,
        );
        expect(fs.openFiles()).toBe(0);
        expect(await folder.names()).toEqual(["target"]);
        done = outcome === "done";
        if (!done) expect(outcome).toBe(reason);
        // The rename is the last operation of all: an abort can't take it back.
        else expect(fs.operations()).toBe(at);
        expect(sha256(await folder.read("target"))).toBe(
          done ? sample.newSha256 : sample.oldSha256,
        );
      }
    });
  });
}

test("a file that ends while it is read is an IO_ERROR", async () => {
  const [sample] = samplePatches as [SamplePatch];
  const folder = await WorkFolder.make();
  const fs = watchedFileSystem();
  const open: typeof fs.open = async (path, flags, mode) => {
    const file = await fs.open(path, flags, mode);
    if (path !== sample.oldPath) return file;
    return { ...file, read: async () => ({ bytesRead: 0 }) };
  };
  const { apply } = createBsdiff({ fs: { ...fs, open } });
  const error = await rejectionOf(() =>
    apply(sample.oldPath, sample.patchPath, folder.path("target")),
  );
  expect(error.code).toBe("IO_ERROR");
  expect(error.message).toContain("was changed while it was being read");
  expect(await folder.names()).toEqual([]);
});

/** The old file stands at the place of the new one. */
async function prepare(sample: SamplePatch, options: WatchOptions) {
  const folder = await WorkFolder.make();
  const target = await folder.write("target", await readFile(sample.oldPath));
  const fs = watchedFileSystem(options);
  const create = sample.file.endsWith("bsdiff") ? createBsdiff : createHdiff;
  const expected = { oldSha256: sample.oldSha256, newSha256: sample.newSha256 };
  return {
    folder,
    fs,
    apply: (signal?: AbortSignal) =>
      create({ fs }).apply(target, sample.patchPath, target, { expected, signal }),
  };
}
