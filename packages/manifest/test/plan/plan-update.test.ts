import * as nodeFs from "node:fs/promises";
import { mkdir, readdir, statfs, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { ApplyUpdateOptions } from "../../src/apply/apply-options.js";
import { applyUpdate } from "../../src/apply/apply-update.js";
import type { UpdateFileSystem } from "../../src/fs/update-file-system.js";
import { planUpdate } from "../../src/plan/plan-update.js";
import { formatJournal } from "../../src/transaction/journal.js";
import { handmadeUpdate, sha256 } from "../fixture/handmade-update.js";
import { edited, noise } from "../fixture/sample-bytes.js";
import { createSpliceEngine } from "../fixture/splice-engine.js";
import { engines, gameVersions } from "../fixture/update-fixture.js";

const large = noise(5_000);
const before = { a: large, "data/b": "1", gone: "x", moves: noise(400, 2) };
const after = { a: edited(large), "data/b": "22", moved: noise(400, 2), copy: noise(400, 2) };

test("a plan says by which engine each file is made, and what that costs", async () => {
  const { root, update } = await gameVersions(before, after);
  const plan = await planUpdate(root, await update(0, 1), { engines });
  const [patch] = plan.updates[0]?.manifest.files.filter(({ action }) => action === "patch") ?? [];
  const patchSize = patch?.action === "patch" ? (patch.patchSize ?? 0) : 0;
  expect(plan).toMatchObject({
    fromVersion: "",
    toVersion: "1.1",
    mode: "in-place",
    route: "patches",
    unfinished: false,
    downloadBytes: patchSize + 2,
    writeBytes: 5_000 + 2 + 400 + 400,
    copyBytes: 0,
    perEngine: { splice: { patches: 1, downloadBytes: patchSize } },
  });
  // What is written, and the patch beside it.
  expect(plan.peakDiskBytes).toBe(plan.writeBytes + patchSize);
  const made = plan.operations.flatMap((operation) =>
    operation.kind === "write" ? [[operation.path, operation.recipe.kind]] : [],
  );
  expect(made).toEqual([
    ["a", "patch"],
    ["copy", "copy"],
    ["data/b", "whole"],
    ["moved", "copy"],
  ]);
});

test("a plan writes nothing, not even the updater's own folder", async () => {
  const { root, update } = await gameVersions(before, after);
  const changes: string[] = [];
  const watched: UpdateFileSystem = {
    ...nodeFs,
    open: (path, flags, mode) => {
      if (flags !== "r") changes.push(path);
      return nodeFs.open(path, flags, mode);
    },
    mkdir: async (path) => void changes.push(path),
    rename: async (path) => void changes.push(path),
    unlink: async (path) => void changes.push(path),
  };
  await planUpdate(root, await update(0, 1), { engines, fs: watched });
  expect(changes).toEqual([]);
  expect(await readdir(root)).not.toContain(".potassium");
});

test("every path that is in the way is told of, with both hashes, not only the first", async () => {
  const { root, update } = await gameVersions(before, after);
  await writeFile(join(root, "a"), "mod");
  await writeFile(join(root, "copy"), "mine");
  await mkdir(join(root, "moved"));
  const patches = await update(0, 1);
  const { blocked } = await planUpdate(root, patches, { engines });
  const hashes = { expectedHash: sha256(large), foundHash: sha256("mod") };
  expect(blocked).toMatchObject([
    { path: "a", code: "CONFLICT", ...hashes, replaceable: false },
    { path: "copy", code: "CONFLICT", foundHash: sha256("mine"), replaceable: true },
    { path: "moved", code: "UNSAFE_PLACE" },
  ]);
  await expect(applyUpdate(root, patches, { engines })).rejects.toMatchObject({
    code: "CONFLICT",
    path: "a",
    problems: [{ path: "a" }, { path: "copy" }, { path: "moved" }],
  });
});

describe("free space:", () => {
  const withFree = (bytes: number): UpdateFileSystem => ({
    ...nodeFs,
    statfs: async (path) => ({ ...(await statfs(path)), bsize: 1, bavail: bytes }),
  });

  test("an update that doesn't fit on the disk is refused before its first write", async () => {
    const { root, update } = await gameVersions(before, after);
    const patches = await update(0, 1);
    const { peakDiskBytes } = await planUpdate(root, patches, { engines });
    const enough = { engines, fs: withFree(peakDiskBytes) };
    const short = { engines, fs: withFree(peakDiskBytes - 1) };
    expect(await planUpdate(root, patches, enough)).toMatchObject({
      blocked: [],
      freeBytes: peakDiskBytes,
    });
    expect((await planUpdate(root, patches, short)).blocked).toMatchObject([
      { path: "", code: "NO_SPACE" },
    ]);
    await expect(applyUpdate(root, patches, short)).rejects.toMatchObject({ code: "NO_SPACE" });
    expect(await readdir(join(root, ".potassium"))).toEqual(["lock"]);
    await applyUpdate(root, patches, enough);
  });

  test("where the system doesn't tell, it is not asked for", async () => {
    const { root, update } = await gameVersions(before, after);
    const fs: UpdateFileSystem = {
      ...nodeFs,
      statfs: async () => {
        throw Object.assign(new Error("not here"), { code: "ENOSYS", syscall: "statfs" });
      },
    };
    const plan = await planUpdate(root, await update(0, 1), { engines, fs });
    expect(plan).toMatchObject({ freeBytes: undefined, blocked: [] });
  });
});

test("sizes that a manifest doesn't tell are told to be unknown", async () => {
  const { root } = await gameVersions({ a: "1" });
  const files = [
    {
      path: "a",
      action: "patch",
      old_hash: sha256("1"),
      new_hash: sha256("2"),
      patch_file: "p",
      algorithm: "splice",
    },
    { path: "b", action: "add", new_hash: sha256("3") },
  ];
  const plan = await planUpdate(root, await handmadeUpdate({ files }), { engines });
  expect(plan).toMatchObject({ sizesKnown: false, blocked: [], downloadBytes: 0 });
});

test("the smallest download that can be gone is chosen, engine by engine", async () => {
  const { root, update } = await gameVersions({ a: large }, { a: edited(large) });
  const other = createSpliceEngine({ algorithm: "other" });
  const patches = await update(0, 1, { engines: [other] });
  const full = await update(undefined, 1);
  const kindWith = async (given: typeof engines) => {
    const { operations } = await planUpdate(root, patches, { engines: given, full });
    return operations.map((operation) => operation.kind === "write" && operation.recipe.kind);
  };
  expect(await kindWith([other])).toEqual(["patch"]);
  expect(await kindWith(engines)).toEqual(["whole"]);
  const alone = await planUpdate(root, patches, { engines });
  expect(alone.blocked).toMatchObject([{ path: "a", code: "ENGINE_UNAVAILABLE" }]);
});

test("an update that was cut off counts as finished, which applyUpdate does first", async () => {
  const { root, update } = await gameVersions({ a: "1" }, { a: "2" }, { a: "3" });
  const second = await update(1, 2);
  await mkdir(join(root, ".potassium"));
  const journal = formatJournal({
    id: "0".repeat(32),
    fromVersion: "1.0",
    installed: { version: "1.1" },
    keepBackup: false,
    entries: [
      {
        path: "a",
        before: { kind: "file", hash: sha256("1"), executable: false },
        after: { kind: "file", hash: sha256("2"), executable: false },
      },
    ],
    mkdirs: [],
    rmdirs: [],
  } as Parameters<typeof formatJournal>[0]);
  await writeFile(join(root, ".potassium/journal.json"), journal);
  const plan = await planUpdate(root, second, { engines });
  expect(plan).toMatchObject({ unfinished: true, fromVersion: "1.1", blocked: [] });
});

test("planUpdate takes the options of applyUpdate, and no others", async () => {
  const { root, update } = await gameVersions(before, after);
  const patches = await update(0, 1);
  const options: ApplyUpdateOptions = { engines, keepBackup: false, onProgress: () => {} };
  expect(await planUpdate(root, patches, options)).toMatchObject({ blocked: [] });
  const misspelt = planUpdate(root, patches, { engine: engines } as never);
  await expect(misspelt).rejects.toMatchObject({ code: "INVALID_ARGUMENT", field: "engine" });
});

test("planUpdate stops on its signal and tells of its progress", async () => {
  const { root, update } = await gameVersions(before, after);
  const patches = await update(0, 1);
  const told: number[] = [];
  await planUpdate(root, patches, {
    engines,
    onProgress: ({ donePaths, totalPaths }) => told.push(donePaths / totalPaths),
  });
  expect(told.at(-1)).toBe(1);
  const controller = new AbortController();
  const onProgress = () => controller.abort(new Error("enough"));
  const planning = planUpdate(root, patches, { engines, onProgress, signal: controller.signal });
  await expect(planning).rejects.toThrow("enough");
});

test("a path that another is copied from is looked at, and nothing else beside what changes", async () => {
  const { root, update } = await gameVersions(before, after);
  const opened = new Set<string>();
  const fs: UpdateFileSystem = {
    ...nodeFs,
    open: (path, flags, mode) => {
      opened.add(path.slice(root.length + 1));
      return nodeFs.open(path, flags, mode);
    },
  };
  await writeFile(join(root, "own"), "mine");
  await planUpdate(root, await update(0, 1), { engines, fs });
  expect([...opened].sort()).toEqual(["a", "data/b", "gone", "moves"]);
});
