import { copyFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { verifyPatch } from "../../src/apply/verify-patch.js";
import { generateChecked } from "../../src/generate/generate-checked.js";
import { rejectionOf } from "../fixture/rejection-of.js";
import { vectorPath } from "../fixture/vectors.js";
import { watchedFileSystem } from "../fixture/watched-file-system.js";
import { WorkFolder } from "../fixture/work-folder.js";

const oldPath = vectorPath("text_edits/old.bin");
const newPath = vectorPath("text_edits/new.bin");
const goodPatch = vectorPath("text_edits/bsdiff.bsdiff");

const settings = (selfCheck = true) => ({
  fs: watchedFileSystem(),
  maxWindowBytes: 2 ** 26,
  selfCheck,
});

test("a patch that brings forth the new file is put in its place", async () => {
  const folder = await WorkFolder.make();
  const patchPath = folder.path("patch");
  const options = settings();
  const result = await generateChecked({ oldPath, newPath, patchPath }, options, (path) =>
    copyFile(goodPatch, path),
  );
  expect(result.patchBytes).toBe((await folder.read("patch")).length);
  expect(await folder.names()).toEqual(["patch"]);
  expect(options.fs.openFiles()).toBe(0);
});

test.each([
  ["another file of the same size", vectorPath("block_shuffle/new.bin"), "block_shuffle"],
  ["another size", vectorPath("identical/new.bin"), "text_edits"],
  ["what can't be applied to the old file", newPath, "block_shuffle"],
])("a patch that makes %s is an IO_ERROR, and nothing is left", async (_, wanted, patch) => {
  const folder = await WorkFolder.make();
  const patchPath = folder.path("patch");
  const options = settings();
  // Of block_shuffle, for whose old file it is not.
  const paths = { oldPath: vectorPath("swap_halves/old.bin"), newPath: wanted, patchPath };
  const error = await rejectionOf(() =>
    generateChecked(paths, options, (path) =>
      copyFile(vectorPath(`${patch}/hdiffz_default.hdiff`), path),
    ),
  );
  expect(error.code).toBe("IO_ERROR");
  expect(error.message).toContain(wanted);
  expect(await folder.names()).toEqual([]);
  expect(options.fs.openFiles()).toBe(0);
});

test("bytes that differ are found, and the place is told", async () => {
  const folder = await WorkFolder.make();
  const bytes = await folder.write("wanted", Buffer.alloc(127_332, 1));
  const error = await rejectionOf(() => verifyPatch(oldPath, goodPatch, bytes, settings()));
  expect(error).toMatchObject({
    code: "IO_ERROR",
    message: expect.stringContaining("it makes other bytes behind byte 0"),
  });
});

test("without the self-check the patch is taken as it is", async () => {
  const folder = await WorkFolder.make();
  const patchPath = folder.path("patch");
  const paths = { oldPath, newPath: oldPath, patchPath };
  await generateChecked(paths, settings(false), (path) => copyFile(goodPatch, path));
  expect(await folder.names()).toEqual(["patch"]);
});
