import * as nodeFs from "node:fs/promises";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  ActionAdd,
  ActionDelete,
  ActionPatch,
  createManifest,
  loadManifest,
  parseManifest,
} from "../../src/index.js";
import { hashA, hashB } from "../fixture/manifests.js";
import { temporaryFolder } from "../fixture/temporary-folder.js";

test("a manifest is created, saved and loaded, as in the Go library's README", async () => {
  const path = join(await temporaryFolder(), "manifest.json");
  const manifest = createManifest("1.0.0", "1.1.0");
  manifest.addFile({
    path: "game.exe",
    action: ActionPatch,
    oldHash: hashA,
    newHash: hashB,
    patchFile: "game.exe.patch",
    algorithm: "hdiff",
  });
  manifest.addFile({ path: "new.pak", action: ActionAdd, newHash: hashB });
  manifest.addFile({ path: "old.pak", action: ActionDelete, oldHash: hashA });
  await manifest.save(path);
  const loaded = await loadManifest(path);
  expect(loaded.toManifest()).toEqual(manifest.toManifest());
  expect(loaded.files).toHaveLength(3);
});

test("what was loaded can be added to and saved in its own place", async () => {
  const path = join(await temporaryFolder(), "manifest.json");
  await createManifest("1", "2").save(path);
  const loaded = await loadManifest(path);
  loaded.addFile({ path: "a", action: "add", newHash: hashA });
  loaded.addLink({ path: "current", action: "add", target: "a" });
  loaded.addFolder({ path: "saves", action: "add" });
  await loaded.save(path);
  const manifest = parseManifest(await readFile(path));
  expect(manifest.links).toEqual([{ action: "add", path: "current", target: "a" }]);
  expect(manifest.folders).toEqual([{ action: "add", path: "saves" }]);
});

test("createManifest takes what the new fields say", () => {
  const head = {
    created: "2026-01-02T03:04:05Z",
    schemaVersion: 1,
    product: "skywars",
    platform: "windows-x64",
    channel: "beta",
    sequence: 7,
    expires: "2027-01-02T03:04:05Z",
  } as const;
  const manifest = createManifest("", "1.0.0", head).toManifest();
  expect(manifest).toEqual({ fromVersion: "", toVersion: "1.0.0", ...head, files: [] });
});

test("without options a manifest has the Go library's fields and no others", () => {
  const json = JSON.parse(Buffer.from(createManifest("1", "2").toBytes()).toString());
  expect(Object.keys(json)).toEqual(["from_version", "to_version", "created", "files"]);
  expect(Date.now() - Date.parse(json.created)).toBeLessThan(60_000);
});

test.each([
  [{ sequence: -1 }, "sequence"],
  [{ expires: "soon" }, "expires"],
  [{ product: "" }, "product"],
  [{ schemaVersion: 2 }, "schemaVersion"],
  [{ chanel: "beta" }, "chanel"],
])("createManifest refuses the options %j", (options, field) => {
  expect(() => createManifest("1", "2", options as object)).toThrow(
    expect.objectContaining({ name: "ManifestError", code: "INVALID_ARGUMENT", field }),
  );
});

test("addFile, addLink and addFolder refuse a bad entry at once, and the manifest stays as it was", () => {
  const manifest = createManifest("1", "2");
  const invalid = (field: string) => expect.objectContaining({ code: "INVALID_ARGUMENT", field });
  expect(() => manifest.addFile({ path: "../a", action: "delete" })).toThrow(invalid("path"));
  expect(() => manifest.addFile({ path: "a", action: "rename" } as never)).toThrow(
    invalid("action"),
  );
  expect(() => manifest.addLink({ path: "a", action: "add", target: "/etc" })).toThrow(
    invalid("target"),
  );
  expect(() => manifest.addFolder({ path: "nul", action: "add" })).toThrow(invalid("path"));
  expect(manifest.files).toEqual([]);
  expect(manifest.toManifest()).not.toHaveProperty("links");
});

test("a manifest that would be refused when read is never written", async () => {
  const folder = await temporaryFolder();
  const manifest = createManifest("1", "2");
  manifest.addFile({ path: "a", action: "delete" });
  manifest.addFile({ path: "a", action: "add", newHash: hashA });
  await expect(manifest.save(join(folder, "manifest.json"))).rejects.toMatchObject({
    code: "INVALID_MANIFEST",
    field: "files[1].path",
  });
  expect(await readdir(folder)).toEqual([]);
});

test("snapshots are frozen and don't change when more is added", () => {
  const manifest = createManifest("1", "2");
  manifest.addFile({ path: "a", action: "add", newHash: hashA });
  const [files, snapshot] = [manifest.files, manifest.toManifest()];
  manifest.addFile({ path: "b", action: "add", newHash: hashA });
  expect(files).toHaveLength(1);
  expect(snapshot.files).toHaveLength(1);
  for (const value of [files, files[0], snapshot, snapshot.files]) {
    expect(Object.isFrozen(value)).toBe(true);
  }
});

test("where saving fails, what was there stays, and nothing is left beside it", async () => {
  const folder = await temporaryFolder();
  const path = join(folder, "manifest.json");
  await writeFile(path, "old");
  const failing = {
    ...nodeFs,
    rename: () =>
      Promise.reject(Object.assign(new Error("EIO"), { code: "EIO", syscall: "rename" })),
  };
  await expect(createManifest("1", "2").save(path, { fs: failing })).rejects.toMatchObject({
    code: "IO_ERROR",
    path,
  });
  expect(await readdir(folder)).toEqual(["manifest.json"]);
  expect(await readFile(path, "utf8")).toBe("old");
});

test("a file system that writes a byte at a time gets the whole manifest", async () => {
  const path = join(await temporaryFolder(), "manifest.json");
  const short = {
    ...nodeFs,
    async open(name: string, flags: string, mode?: number) {
      const handle = await nodeFs.open(name, flags, mode);
      return {
        read: handle.read.bind(handle),
        write: (bytes: Uint8Array, offset: number, _length: number, position: number) =>
          handle.write(bytes, offset, 1, position),
        sync: () => handle.sync(),
        close: () => handle.close(),
      };
    },
  };
  const manifest = createManifest("1", "2");
  await manifest.save(path, { fs: short });
  expect(Buffer.compare(await readFile(path), manifest.toBytes())).toBe(0);
});

test("loadManifest tells what is wrong with the place", async () => {
  const folder = await temporaryFolder();
  await expect(loadManifest(join(folder, "none.json"))).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  await mkdir(join(folder, "folder"));
  await expect(loadManifest(join(folder, "folder"))).rejects.toMatchObject({
    code: "UNSAFE_PLACE",
  });
});

test("a file above the limit is not read, and one that grows meanwhile not to its end", async () => {
  const path = join(await temporaryFolder(), "large.json");
  await writeFile(path, Buffer.alloc(1000, " "));
  const seen = { reads: 0 };
  const growing = {
    ...nodeFs,
    async open() {
      const read = async (_: Uint8Array, __: number, length: number) => {
        seen.reads += 1;
        return { bytesRead: length };
      };
      return { read, write: unused, sync: unused, close: async () => undefined };
    },
  };
  const limits = { maxManifestBytes: 999 };
  await expect(loadManifest(path, { limits, fs: growing })).rejects.toMatchObject({
    code: "TOO_LARGE",
  });
  expect(seen.reads).toBe(0);
  await expect(loadManifest(path, { fs: growing })).rejects.toMatchObject({ code: "IO_ERROR" });
  expect(seen.reads).toBe(1);
});

const unused = () => Promise.reject(new Error("a manifest is only read"));

test("loadManifest rejects with the reason of an aborted signal", async () => {
  const reason = new Error("no more");
  const signal = AbortSignal.abort(reason);
  await expect(loadManifest("manifest.json", { signal })).rejects.toBe(reason);
});
