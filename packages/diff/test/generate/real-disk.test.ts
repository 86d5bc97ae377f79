import * as fileSystem from "node:fs/promises";
import { expect, test } from "vitest";
import { generateBsdiff } from "../../src/generate/generate-bsdiff.js";
import { createHdiff, type FileSystem } from "../../src/index.js";
import { rejectionOf } from "../fixture/rejection-of.js";
import { standIn } from "./stand-in.js";
import { workFolder } from "./work-folder.js";

/** A file system whose paths are found elsewhere on the real disk: "/virtual/…". */
function moved(to: string): FileSystem {
  const real = (path: string) => path.replace("/virtual", to);
  return {
    open: (path, flags, mode) => fileSystem.open(real(path), flags, mode),
    stat: (path) => fileSystem.stat(real(path)),
    rename: (from, target) => fileSystem.rename(real(from), real(target)),
    unlink: (path) => fileSystem.unlink(real(path)),
  };
}

test("bsdiff-node can't read files that are only in another file system, and that is said", async () => {
  await using folder = await workFolder();
  await folder.write("old", "old");
  const library = await standIn(folder, "");
  const root = folder.path(".");
  const call = () =>
    generateBsdiff("/virtual/old", "/virtual/old", "/virtual/patch", { library, fs: moved(root) });
  const error = await rejectionOf(call);
  expect(error.code).toBe("IO_ERROR");
  expect(error.message).toMatch(/real disk.*\/virtual\/old.*fs.*generateBytes/);
});

test("the threads of hdiff can't read files that are only in another file system, and leave nothing", async () => {
  await using folder = await workFolder();
  await folder.write("old", "old");
  const hdiff = createHdiff({ fs: moved(folder.path(".")) });
  const call = () => hdiff.generate("/virtual/old", "/virtual/old", "/virtual/patch");
  expect(await rejectionOf(call)).toMatchObject({ code: "NOT_FOUND" });
  expect(await folder.names()).toEqual(["old"]);
});

test("generateBytes() works on the real disk, whatever fs is", async () => {
  const [old, next] = [Buffer.from("old"), Buffer.from("new one")];
  const nothing = () => Promise.reject(new Error("nothing may be looked up here"));
  const fs = { open: nothing, stat: nothing, rename: nothing, unlink: nothing };
  const hdiff = createHdiff({ fs });
  const patch = await hdiff.generateBytes(old, next);
  expect(Buffer.from(await hdiff.applyBytes(old, patch))).toEqual(next);
});
