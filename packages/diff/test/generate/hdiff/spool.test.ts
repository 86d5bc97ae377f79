import { describe, expect, test } from "vitest";
import { Spool } from "../../../src/generate/hdiff/spool.js";
import { randomBytes } from "../../compress/lzma2/block-content.js";
import { rejectionOf } from "../../fixture/rejection-of.js";
import { type WatchOptions, watchedFileSystem } from "../../fixture/watched-file-system.js";
import { WorkFolder } from "../../fixture/work-folder.js";

async function spool(options: WatchOptions = {}) {
  const folder = await WorkFolder.make();
  const fs = watchedFileSystem(options);
  return { folder, fs, spool: new Spool(fs, folder.path("patch-fresh"), folder.path("patch")) };
}

async function everything(spool: Spool): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of spool.read()) parts.push(part.slice());
  return Buffer.concat(parts);
}

const part = randomBytes(400_001);

test("a few bytes stay in memory", async () => {
  const { folder, fs, spool: few } = await spool();
  await few.add(part);
  await few.add(part.subarray(5));
  expect(Buffer.compare(await everything(few), Buffer.concat([part, part.subarray(5)]))).toBe(0);
  expect(few.sizeBytes).toBe(2 * part.length - 5);
  expect(fs.operations()).toBe(0);
  await few[Symbol.asyncDispose]();
  expect(await folder.names()).toEqual([]);
});

test.each([Number.POSITIVE_INFINITY, 100_003])(
  "many bytes are read back from a temporary file, which then goes, with %s bytes at once",
  async (atOnce) => {
    const { folder, fs, spool: many } = await spool({ atOnce });
    for (let count = 0; count < 7; count += 1) await many.add(part.subarray(count));
    expect(await folder.names()).toEqual(["patch-fresh"]);
    const expected = Buffer.concat(Array.from({ length: 7 }, (_, count) => part.subarray(count)));
    expect(many.sizeBytes).toBe(expected.length);
    expect(Buffer.compare(await everything(many), expected)).toBe(0);
    await many[Symbol.asyncDispose]();
    expect(await folder.names()).toEqual([]);
    expect(fs.openFiles()).toBe(0);
  },
);

describe("a spool that is given up", () => {
  test("before it was read leaves nothing", async () => {
    const { folder, fs, spool: many } = await spool();
    for (let count = 0; count < 4; count += 1) await many.add(part);
    await many[Symbol.asyncDispose]();
    expect(await folder.names()).toEqual([]);
    expect(fs.openFiles()).toBe(0);
  });

  test("in the middle of the reading leaves nothing", async () => {
    const { folder, fs, spool: many } = await spool();
    for (let count = 0; count < 4; count += 1) await many.add(part);
    for await (const bytes of many.read()) {
      expect(bytes.length).toBeGreaterThan(0);
      break;
    }
    await many[Symbol.asyncDispose]();
    expect(await folder.names()).toEqual([]);
    expect(fs.openFiles()).toBe(0);
  });
});

test("whichever operation fails is IO_ERROR in the patch's name, and no file stays open", async () => {
  let failures = 0;
  for (let failing = 1; ; failing += 1) {
    const before = (number: number): void => {
      if (number === failing) throw Object.assign(new Error("the disk is gone"), { code: "EIO" });
    };
    const { folder, fs, spool: many } = await spool({ before });
    const work = async () => {
      for (let count = 0; count < 4; count += 1) await many.add(part);
      await everything(many);
      throw new Error("all went well");
    };
    const error = await rejectionOf(work);
    await many[Symbol.asyncDispose]();
    expect(fs.openFiles()).toBe(0);
    if (error.message === "all went well") {
      if (fs.operations() < failing) break;
      continue;
    }
    failures += 1;
    expect(error.code).toBe("IO_ERROR");
    expect(error.message).toContain(folder.path("patch"));
    expect(await folder.names()).toEqual([]);
  }
  expect(failures).toBeGreaterThan(5);
});
