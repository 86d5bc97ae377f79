import {
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { collectBytes } from "@potassium/core-types";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { deleteServerFile } from "../../src/files/delete-server-file.js";
import { readServerFile } from "../../src/files/read-server-file.js";
import { findServerFile, findServerFolder } from "../../src/files/server-file.js";
import { writeServerFile } from "../../src/files/write-server-file.js";
import { temporaryFolder } from "../temporary-folder.js";

const { signal } = new AbortController();
const invalid = { code: "INVALID_ARGUMENT", field: "path" };

async function read(root: string, path: string): Promise<string> {
  return String(Buffer.from(await collectBytes(readServerFile(root, path, 1000, signal))));
}

test("no path leads out of the server's folder", async () => {
  await using folder = await temporaryFolder();
  const root = join(folder.path, "root");
  mkdirSync(join(root, "a"), { recursive: true });
  const part = fc.constantFrom("a", "..", ".", "", "...", "b", "~", "-", "c:", "\\", "%2e%2e");
  await fc.assert(
    fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 6 }), async (parts) => {
      const found = await findServerFile(root, `/${parts.join("/")}`).catch(() => undefined);
      if (found !== undefined) expect(found.hostPath.startsWith(`${root}/`)).toBe(true);
      if (parts.includes("..")) expect(found).toBeUndefined();
    }),
  );
});

test("symbolic links are refused in every place of a path, for every call", async () => {
  await using folder = await temporaryFolder();
  const root = join(folder.path, "root");
  mkdirSync(root);
  writeFileSync(join(folder.path, "secret"), "secret");
  symlinkSync(folder.path, join(root, "out"));
  symlinkSync(join(folder.path, "secret"), join(root, "link"));
  symlinkSync(join(folder.path, "missing"), join(root, "dangling"));
  for (const path of ["/out/secret", "/link", "/dangling", "/out/new"]) {
    await expect(read(root, path)).rejects.toMatchObject(invalid);
    await expect(writeServerFile(root, path, "x", {})).rejects.toMatchObject(invalid);
    await expect(deleteServerFile(root, path)).rejects.toMatchObject(invalid);
  }
  await expect(findServerFolder(root, "/out")).rejects.toMatchObject(invalid);
  expect(readFileSync(join(folder.path, "secret"), "utf8")).toBe("secret");
  expect(readdirSync(folder.path).sort()).toEqual(["root", "secret"]);
});

test("folders and the root are no files", async () => {
  await using folder = await temporaryFolder();
  mkdirSync(join(folder.path, "a"));
  for (const path of ["/", "/a", "/a/", "//", "/."]) {
    await expect(read(folder.path, path)).rejects.toMatchObject(invalid);
    await expect(writeServerFile(folder.path, path, "x", {})).rejects.toMatchObject(invalid);
  }
});

test("a new file gets its mode, an existing one keeps its own, and no draft is left", async () => {
  await using folder = await temporaryFolder();
  const modeOf = (name: string) => statSync(join(folder.path, name)).mode & 0o777;
  await writeServerFile(folder.path, "/plain", "1", {});
  await writeServerFile(folder.path, "/script", "1", { mode: 0o750 });
  await writeServerFile(folder.path, "/script", "2", { mode: 0o600 });
  expect([modeOf("plain"), modeOf("script")]).toEqual([0o644, 0o750]);
  expect(await read(folder.path, "/script")).toBe("2");
  expect(readdirSync(folder.path).sort()).toEqual(["plain", "script"]);
  for (const mode of [-1, 0o10000, 1.5]) {
    await expect(writeServerFile(folder.path, "/x", "", { mode })).rejects.toMatchObject({
      field: "mode",
    });
  }
});

test("an abort ends the wait for a source that hangs", async () => {
  await using folder = await temporaryFolder();
  const controller = new AbortController();
  const reason = new Error("enough");
  async function* hangs() {
    yield Buffer.from("half");
    controller.abort(reason);
    await new Promise(() => {});
  }
  const call = writeServerFile(folder.path, "/x", hangs(), { signal: controller.signal });
  await expect(call).rejects.toBe(reason);
  expect(readdirSync(folder.path)).toEqual([]);
});

test("what is no content is refused before anything is written", async () => {
  await using folder = await temporaryFolder();
  const wrong = 7 as unknown as string;
  await expect(writeServerFile(folder.path, "/x", wrong, {})).rejects.toMatchObject({
    field: "content",
  });
});
