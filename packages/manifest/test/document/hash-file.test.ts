import { execFile } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import * as nodeFs from "node:fs/promises";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { hashFile } from "../../src/index.js";
import { temporaryFolder } from "../fixture/temporary-folder.js";

async function fileOf(bytes: Uint8Array): Promise<string> {
  const path = join(await temporaryFolder(), "file");
  await writeFile(path, bytes);
  return path;
}

test.each([0, 1, 2 ** 20 - 1, 2 ** 20, 2 ** 20 + 1, 3 * 2 ** 20 + 12_345])(
  "hashFile gives the SHA-256 digest of a file of %i bytes",
  async (size) => {
    const bytes = randomBytes(size);
    const expected = createHash("sha256").update(bytes).digest("hex");
    expect(await hashFile(await fileOf(bytes))).toBe(expected);
  },
);

test("hashFile reads past short reads", async () => {
  const bytes = randomBytes(10_000);
  const short = {
    ...nodeFs,
    async open(path: string, flags: string) {
      const handle = await nodeFs.open(path, flags);
      return {
        read: (buffer: Uint8Array, offset: number, length: number, position: number) =>
          handle.read(buffer, offset, Math.min(length, 777), position),
        write: handle.write.bind(handle),
        sync: () => handle.sync(),
        close: () => handle.close(),
      };
    },
  };
  const expected = createHash("sha256").update(bytes).digest("hex");
  expect(await hashFile(await fileOf(bytes), { fs: short })).toBe(expected);
});

test("hashFile tells how far it is, in order and up to the end", async () => {
  const seen: number[] = [];
  const path = await fileOf(randomBytes(2_500_000));
  await hashFile(path, { onProgress: ({ doneBytes }) => seen.push(doneBytes) });
  expect(seen.length).toBeGreaterThan(1);
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
  expect(seen.at(-1)).toBe(2_500_000);
});

test("hashFile stops on its signal, and with what onProgress throws", async () => {
  const path = await fileOf(randomBytes(3 * 2 ** 20));
  const controller = new AbortController();
  const reason = new Error("enough");
  const aborted = hashFile(path, {
    signal: controller.signal,
    onProgress: () => controller.abort(reason),
  });
  await expect(aborted).rejects.toBe(reason);
  const onProgress = () => {
    throw reason;
  };
  await expect(hashFile(path, { onProgress })).rejects.toBe(reason);
});

test("hashFile refuses what is no plain file, without waiting for it", async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, "folder"));
  await expect(hashFile(join(folder, "folder"))).rejects.toMatchObject({ code: "UNSAFE_PLACE" });
  await expect(hashFile(join(folder, "none"))).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(hashFile(join(folder, "none"), { sginal: 1 } as object)).rejects.toMatchObject({
    code: "INVALID_ARGUMENT",
    field: "sginal",
  });
});

test.skipIf(process.platform === "win32")(
  "hashFile does not wait for a writer of a pipe",
  async () => {
    const pipe = join(await temporaryFolder(), "pipe");
    await promisify(execFile)("mkfifo", [pipe]);
    await expect(hashFile(pipe)).rejects.toMatchObject({ code: "UNSAFE_PLACE" });
  },
);
