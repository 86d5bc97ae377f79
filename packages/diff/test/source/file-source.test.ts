import { mkdir } from "node:fs/promises";
import { expect, test } from "vitest";
import { BufferSource } from "../../src/source/buffer-source.js";
import { FileSource } from "../../src/source/file-source.js";
import { rejectionOf } from "../fixture/rejection-of.js";
import { watchedFileSystem } from "../fixture/watched-file-system.js";
import { WorkFolder } from "../fixture/work-folder.js";

const bytes = Buffer.from("0123456789");

test("a file and a buffer give the same bytes at any place, fewer only at their end", async () => {
  const folder = await WorkFolder.make();
  const fs = watchedFileSystem({ atOnce: 3 });
  const file = await FileSource.open(fs, await folder.write("file", bytes));
  for (const source of [file, new BufferSource("bytes", bytes)]) {
    expect(source.sizeBytes).toBe(10);
    for (const [position, wanted] of [
      [0, "01234567"],
      [5, "56789"],
      [9, "9"],
      [10, ""],
      [2 ** 40, ""],
    ] as const) {
      const target = Buffer.alloc(8);
      const got = await source.read(position, target);
      expect(target.subarray(0, got).toString()).toBe(wanted);
    }
  }
  await file.expectUnchanged();
  await file.close();
  await file.close();
  expect(fs.openFiles()).toBe(0);
});

test("what is missing or no plain file is told by name", async () => {
  const folder = await WorkFolder.make();
  const fs = watchedFileSystem();
  const missing = folder.path("missing");
  const absent = await rejectionOf(() => FileSource.open(fs, missing));
  expect(absent).toMatchObject({ code: "NOT_FOUND", message: expect.stringContaining(missing) });
  await mkdir(folder.path("place"));
  const place = await rejectionOf(() => FileSource.open(fs, folder.path("place")));
  expect(place).toMatchObject({
    code: "IO_ERROR",
    message: expect.stringContaining("it is no plain file"),
  });
  expect(fs.openFiles()).toBe(0);
});
