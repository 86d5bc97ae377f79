import { createHash } from "node:crypto";
import * as nodeFs from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { UpdateFile } from "../../src/fs/update-file-system.js";
import { hashTree } from "../../src/tree/hash-tree.js";
import { parseIgnoreRules } from "../../src/tree/ignore-rules.js";
import { scanTree } from "../../src/tree/scan-tree.js";
import { rejectionOf } from "../fixture/rejection-of.js";
import { noise } from "../fixture/sample-bytes.js";
import { temporaryFolder } from "../fixture/temporary-folder.js";
import { writeTree } from "../fixture/write-tree.js";

const scan = (root: string) => scanTree(root, { fs: nodeFs, ignore: parseIgnoreRules() });
const sha256 = (bytes: Uint8Array | string) => createHash("sha256").update(bytes).digest("hex");

/** The real file system, whose open files are changed by `change` first. */
function withFiles(change: (file: UpdateFile, path: string) => UpdateFile) {
  const open = async (path: string, flags: string) => change(await nodeFs.open(path, flags), path);
  return { ...nodeFs, open };
}

test("all files are hashed, of any size, in the order of their paths", async () => {
  const sizes = [0, 1, 2 ** 20 - 1, 2 ** 20, 2 ** 20 + 1, 3 * 2 ** 20 + 7];
  const contents = sizes.map((size) => noise(size, size));
  const nodes = Object.fromEntries(contents.map((bytes, index) => [`f${index}`, bytes]));
  const root = await writeTree(await temporaryFolder(), nodes);
  const read: Record<string, number> = {};
  const onBytes = (path: string, bytes: number) => {
    read[path] = (read[path] ?? 0) + bytes;
  };
  const { files } = await hashTree(root, await scan(root), { fs: nodeFs, onBytes });
  expect(files.map(({ hash }) => hash)).toEqual(contents.map(sha256));
  expect(read).toEqual(
    Object.fromEntries(sizes.flatMap((size, at) => (size === 0 ? [] : [[`f${at}`, size]]))),
  );
});

test("short reads are put together", async () => {
  const bytes = noise(2 * 2 ** 20 + 5);
  const root = await writeTree(await temporaryFolder(), { large: bytes, small: "hello" });
  const fs = withFiles((file) => ({
    read: (buffer, offset, length, position) =>
      file.read(buffer, offset, Math.min(length, length > 10 ? 100_003 : 2), position),
    write: () => Promise.reject(new Error("nothing is written")),
    stat: () => file.stat(),
    sync: () => file.sync(),
    chmod: (mode) => file.chmod(mode),
    close: () => file.close(),
  }));
  const { files } = await hashTree(root, await scan(root), { fs });
  expect(files.map(({ hash }) => hash)).toEqual([sha256(bytes), sha256("hello")]);
});

describe("a file that changes while it is read is refused", () => {
  const content = noise(3 * 2 ** 20);
  const changes: Readonly<Record<string, (path: string) => Promise<unknown>>> = {
    "is cut": (path) => nodeFs.truncate(path, 10),
    grows: (path) => nodeFs.appendFile(path, "more"),
    "is written over": (path) => nodeFs.writeFile(path, noise(content.length, 2)),
    "is replaced by another": async (path) => {
      await nodeFs.writeFile(`${path}.new`, noise(content.length, 2));
      await nodeFs.rename(`${path}.new`, path);
    },
  };
  for (const [what, change] of Object.entries(changes)) {
    test(`one that ${what} between the walk and the reading`, async () => {
      const root = await writeTree(await temporaryFolder(), { a: content, b: "fine" });
      const tree = await scan(root);
      await change(join(root, "a"));
      expect(await rejectionOf(() => hashTree(root, tree, { fs: nodeFs }))).toMatchObject({
        code: "IO_ERROR",
        path: "a",
      });
    });
  }

  test.each(["is cut", "grows", "is written over"])(
    "one that %s during the reading",
    async (what) => {
      const root = await writeTree(await temporaryFolder(), { a: content });
      const tree = await scan(root);
      let changed: Promise<unknown> | undefined;
      const onBytes = () => {
        changed ??= changes[what]?.(join(root, "a"));
      };
      const fs = withFiles((file) => ({
        read: async (buffer, offset, length, position) => {
          await changed;
          return file.read(buffer, offset, length, position);
        },
        write: () => Promise.reject(new Error("nothing is written")),
        stat: async () => {
          await changed;
          return file.stat();
        },
        sync: () => file.sync(),
        chmod: (mode) => file.chmod(mode),
        close: () => file.close(),
      }));
      expect(await rejectionOf(() => hashTree(root, tree, { fs, onBytes }))).toMatchObject({
        code: "IO_ERROR",
        message: expect.stringContaining("changed while"),
      });
    },
  );

  test("one that is gone is NOT_FOUND", async () => {
    const root = await writeTree(await temporaryFolder(), { a: "x" });
    const tree = await scan(root);
    await nodeFs.unlink(join(root, "a"));
    expect(await rejectionOf(() => hashTree(root, tree, { fs: nodeFs }))).toMatchObject({
      code: "NOT_FOUND",
    });
  });
});

test("after an abort, an error or a failed progress every file is closed", async () => {
  const nodes = Object.fromEntries(
    Array.from({ length: 20 }, (_, at) => [`f${at}`, noise(2 ** 21)]),
  );
  const root = await writeTree(await temporaryFolder(), nodes);
  const tree = await scan(root);
  let open = 0;
  const fs = withFiles((file, path) => {
    open++;
    return {
      read: (buffer, offset, length, position) => {
        if (path.endsWith("f9") && position > 0) {
          return Promise.reject(Object.assign(new Error("EIO"), { code: "EIO", syscall: "read" }));
        }
        return file.read(buffer, offset, length, position);
      },
      write: () => Promise.reject(new Error("nothing is written")),
      stat: () => file.stat(),
      sync: () => file.sync(),
      chmod: (mode) => file.chmod(mode),
      close: async () => {
        await file.close();
        open--;
      },
    };
  });
  expect(await rejectionOf(() => hashTree(root, tree, { fs }))).toMatchObject({ code: "IO_ERROR" });
  expect(open).toBe(0);
  const controller = new AbortController();
  const abort = () => controller.abort("gone");
  const aborted = () => hashTree(root, tree, { fs, onBytes: abort, signal: controller.signal });
  expect(await rejectionOf(aborted)).toBe("gone");
  expect(open).toBe(0);
  const broken = () => {
    throw new Error("the progress bar broke");
  };
  expect(await rejectionOf(() => hashTree(root, tree, { fs, onBytes: broken }))).toMatchObject({
    message: "the progress bar broke",
  });
  expect(open).toBe(0);
});
