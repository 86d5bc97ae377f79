import { execFileSync } from "node:child_process";
import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { folderSource } from "../../src/source/folder-source.js";
import { noise } from "../fixture/sample-bytes.js";
import { temporaryFolder } from "../fixture/temporary-folder.js";
import { writeTree } from "../fixture/write-tree.js";

const bytes = noise(600_000);

async function sample() {
  const folder = await temporaryFolder();
  return writeTree(join(folder, "update"), { "a/b": bytes, empty: "", link: { link: "a/b" } });
}

async function read(folder: string, file: string, start?: number) {
  const { totalBytes, chunks } = await folderSource(folder).open(file, { start });
  const kept: Uint8Array[] = [];
  for await (const chunk of chunks) kept.push(chunk);
  return { totalBytes, bytes: Buffer.concat(kept) };
}

test("folderSource reads files whole, from a byte on, and past their end", async () => {
  const folder = await sample();
  expect(await read(folder, "a/b")).toEqual({ totalBytes: bytes.length, bytes });
  expect((await read(folder, "a/b", 599_999)).bytes).toEqual(bytes.subarray(599_999));
  expect((await read(folder, "a/b", 600_001)).bytes).toHaveLength(0);
  expect(await read(folder, "empty")).toEqual({ totalBytes: 0, bytes: Buffer.alloc(0) });
});

test("the folder itself may be a link", async () => {
  const folder = await sample();
  await symlink(folder, `${folder}-link`);
  expect((await read(`${folder}-link`, "a/b")).bytes).toEqual(bytes);
});

describe("folderSource refuses", () => {
  test.each([
    ["what isn't there", "none", "NOT_FOUND"],
    ["a folder", "a", "NOT_FOUND"],
    ["a file's inside", "empty/x", "NOT_FOUND"],
    ["a link, though it stays in the folder", "link", "UNSAFE_PLACE"],
    ["a path that leaves the folder", "../x", "INVALID_ARGUMENT"],
    ["an absolute path", "/etc/passwd", "INVALID_ARGUMENT"],
  ])("%s", async (_, file, code) => {
    await expect(read(await sample(), file)).rejects.toMatchObject({ code });
  });

  test("a linked folder on the way", async () => {
    const folder = await sample();
    await symlink("a", join(folder, "to-a"));
    await expect(read(folder, "to-a/b")).rejects.toMatchObject({ code: "UNSAFE_PLACE" });
  });

  test.skipIf(process.platform === "win32")("a named pipe, without opening it", async () => {
    const folder = await sample();
    execFileSync("mkfifo", [join(folder, "pipe")]);
    await expect(read(folder, "pipe")).rejects.toMatchObject({ code: "UNSAFE_PLACE" });
  });
});

test("folderSource stops on its signal, between the pieces too", async () => {
  const controller = new AbortController();
  const reason = new Error("enough");
  const { chunks } = await folderSource(await sample()).open("a/b", { signal: controller.signal });
  const reading = (async () => {
    for await (const _ of chunks) controller.abort(reason);
  })();
  await expect(reading).rejects.toBe(reason);
});
