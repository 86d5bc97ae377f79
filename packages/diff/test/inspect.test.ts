import { expect, test } from "vitest";
import { inspect } from "../src/index.js";
import { encodeHdiff13 } from "./fixture/hdiff-encoder.js";
import { rejectionOf } from "./fixture/rejection-of.js";
import { vectorPath, vectors } from "./fixture/vectors.js";
import { watchedFileSystem } from "./fixture/watched-file-system.js";
import { WorkFolder } from "./fixture/work-folder.js";

test("inspect() tells of each golden patch its format, its sizes and its sections", async () => {
  for (const { old, new: wanted, patches } of vectors.cases) {
    for (const { file, format, size, compress } of patches) {
      const info = await inspect(vectorPath(file));
      expect(info.format).toBe(format);
      expect(info.newBytes).toBe(wanted.size);
      expect(info.codec).toBe(compress);
      expect(info.algorithm).toBe(/bsdiff/i.test(format) ? "bsdiff" : "hdiff");
      if (info.algorithm === "hdiff") expect(info.oldBytes).toBe(old.size);
      else expect(info).not.toHaveProperty("oldBytes");
      const stored = info.sections.reduce((sum, { storedBytes }) => sum + storedBytes, 0);
      expect((info.sections[0]?.offset ?? 0) + stored).toBe(size);
      expect(Object.isFrozen(info) && Object.isFrozen(info.sections)).toBe(true);
      expect(info.sections.every((section) => Object.isFrozen(section))).toBe(true);
    }
  }
});

test("inspect() names the sections of each format", async () => {
  const names = async (file: string) =>
    (await inspect(vectorPath(`text_edits/${file}`))).sections.map(({ name }) => name);
  expect(await names("bsdiff.bsdiff")).toEqual(["control block", "diff block", "extra block"]);
  expect(await names("hdiffz_SD.shdiff")).toEqual(["body"]);
  expect(await names("hdiffz_default.hdiff")).toEqual([
    "covers",
    "rle control",
    "rle code",
    "new data",
  ]);
});

test("what is no patch is told with the file's name, of which there may be many", async () => {
  const folder = await WorkFolder.make();
  for (const [content, code] of [
    ["no patch", "UNSUPPORTED_FORMAT"],
    ["BSDIFF40", "CORRUPT_PATCH"],
  ] as const) {
    const path = await folder.write("level-3.patch", Buffer.from(content));
    const error = await rejectionOf(() => inspect(path));
    expect(error.code).toBe(code);
    expect(error.message.startsWith(`${path}: `), error.message).toBe(true);
  }
});

test("inspect() reads the header alone", async () => {
  const folder = await WorkFolder.make();
  const next = Buffer.alloc(500_000, 7);
  const patch = encodeHdiff13({ old: Buffer.alloc(0), next, covers: [] });
  const path = await folder.write("patch", patch);
  const fs = watchedFileSystem({ atOnce: 1024 });
  await inspect(path, { fs });
  // The look at the path, opening, its size, one read of 1 KiB, closing.
  expect(fs.operations()).toBe(5);
  expect(fs.openFiles()).toBe(0);
});

test("inspect() refuses what is no patch, a missing file, and a signal that has aborted", async () => {
  const image = vectorPath("index.json");
  expect((await rejectionOf(() => inspect(image))).code).toBe("UNSUPPORTED_FORMAT");
  expect((await rejectionOf(() => inspect(`${image}.missing`))).code).toBe("NOT_FOUND");
  expect((await rejectionOf(() => inspect(""))).field).toBe("patchPath");
  const signal = AbortSignal.abort("gone");
  expect(await rejectionOf(() => inspect(image, { signal }))).toBe("gone");
});
