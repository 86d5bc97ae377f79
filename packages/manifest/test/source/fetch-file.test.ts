import { createHash } from "node:crypto";
import * as nodeFs from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type FetchFileOptions, fetchFile } from "../../src/source/fetch-file.js";
import type { UpdateSource } from "../../src/source/update-source.js";
import { faultyFileSystem } from "../fixture/faulty-file-system.js";
import { noise } from "../fixture/sample-bytes.js";
import { temporaryFolder } from "../fixture/temporary-folder.js";

const bytes = noise(10_000);
const hash = createHash("sha256").update(bytes).digest("hex");

/** A source of one file, which tells from where it was read and may break off. */
function sourceOf(content: Uint8Array, { cutAt = Number.POSITIVE_INFINITY, total = true } = {}) {
  const starts: number[] = [];
  async function* chunks(start: number) {
    for (let at = start; at < content.length; at += 1_000) {
      if (at >= cutAt) throw new Error("cut");
      yield content.subarray(at, at + 1_000);
    }
  }
  const source: UpdateSource = {
    name: "test",
    async open(_, { start = 0 } = {}) {
      starts.push(start);
      return { totalBytes: total ? content.length : undefined, chunks: chunks(start) };
    },
  };
  return { source, starts };
}

async function options(more: Partial<FetchFileOptions> = {}): Promise<FetchFileOptions> {
  const toPath = join(await temporaryFolder(), "file");
  return { file: "f", hash, sizeBytes: 10_000, maxBytes: 20_000, fs: nodeFs, toPath, ...more };
}

test("fetchFile goes on with what an earlier call has left", async () => {
  const given = await options();
  const cut = sourceOf(bytes, { cutAt: 4_000 });
  await expect(fetchFile(cut.source, given)).rejects.toThrow("cut");
  const { source, starts } = sourceOf(bytes);
  const told: number[] = [];
  await fetchFile(source, { ...given, onBytes: (done) => told.push(done) });
  expect(starts).toEqual([4_000]);
  expect([told[0], told.at(-1)]).toEqual([4_000, 10_000]);
  expect(await nodeFs.readFile(given.toPath)).toEqual(bytes);
  expect(await nodeFs.readdir(join(given.toPath, ".."))).toEqual(["file"]);
});

test("what was whole already is only looked at", async () => {
  const given = await options();
  await nodeFs.writeFile(`${given.toPath}.part`, bytes);
  const { source, starts } = sourceOf(bytes);
  await fetchFile(source, given);
  expect(starts).toEqual([]);
});

test("what an earlier call has left of another file is not built upon", async () => {
  const given = await options();
  await nodeFs.writeFile(`${given.toPath}.part`, noise(4_000, 9));
  const { source, starts } = sourceOf(bytes);
  await fetchFile(source, given);
  expect(starts).toEqual([4_000, 0]);
  expect(await nodeFs.readFile(given.toPath)).toEqual(bytes);
});

test("without a hash nothing of an earlier call is used", async () => {
  const given = await options({ hash: undefined });
  await nodeFs.writeFile(`${given.toPath}.part`, bytes.subarray(0, 4_000));
  const { source, starts } = sourceOf(bytes);
  await fetchFile(source, given);
  expect(starts).toEqual([0]);
});

test("a part that has a second name, or is a link, is not written to", async () => {
  const given = await options();
  const other = `${given.toPath}-other`;
  await nodeFs.writeFile(other, bytes.subarray(0, 4_000));
  await nodeFs.link(other, `${given.toPath}.part`);
  await fetchFile(sourceOf(bytes).source, given);
  expect((await nodeFs.stat(other)).size).toBe(4_000);

  const second = await options();
  const target = `${second.toPath}-target`;
  await nodeFs.writeFile(target, "precious");
  await nodeFs.symlink(target, `${second.toPath}.part`);
  await fetchFile(sourceOf(bytes).source, second);
  expect(await nodeFs.readFile(target, "utf8")).toBe("precious");
});

describe("fetchFile refuses, and leaves nothing at the place,", () => {
  test.each([
    ["other bytes", noise(10_000, 5), {}, "HASH_MISMATCH"],
    ["too many bytes that are told of", noise(10_001), {}, "TOO_LARGE"],
    ["too many bytes that aren't told of", noise(10_001), { total: false }, "TOO_LARGE"],
    ["too few bytes", bytes.subarray(0, 9_999), {}, "BAD_RESPONSE"],
  ])("%s", async (_, content, behaviour, code) => {
    const given = await options();
    const { source } = sourceOf(content, behaviour);
    await expect(fetchFile(source, given)).rejects.toMatchObject({ code });
    await expect(nodeFs.stat(given.toPath)).rejects.toMatchObject({ code: "ENOENT" });
    const part = await nodeFs.stat(`${given.toPath}.part`).catch(() => ({ size: 0 }));
    expect(part.size).toBeLessThanOrEqual(10_000);
  });

  test("more than it may have, where no size is known", async () => {
    const given = await options({ sizeBytes: undefined, maxBytes: 9_999 });
    const { source } = sourceOf(bytes, { total: false });
    await expect(fetchFile(source, given)).rejects.toMatchObject({ code: "TOO_LARGE" });
  });
});

test("short writes lose nothing, and a full disk is told as NO_SPACE at any operation", async () => {
  const whole = await options({ fs: faultyFileSystem({ mostBytes: 7 }) });
  await fetchFile(sourceOf(bytes).source, whole);
  expect(await nodeFs.readFile(whole.toPath)).toEqual(bytes);
  for (let operation = 1; ; operation++) {
    const fs = faultyFileSystem({ operation, code: "ENOSPC" });
    const given = await options({ fs });
    const outcome = await fetchFile(sourceOf(bytes).source, given).catch(({ code }) => code);
    if (fs.failures() === 0) break;
    expect(outcome).toBe("NO_SPACE");
    await fetchFile(sourceOf(bytes).source, { ...given, fs: nodeFs });
    expect(await nodeFs.readFile(given.toPath)).toEqual(bytes);
  }
});
