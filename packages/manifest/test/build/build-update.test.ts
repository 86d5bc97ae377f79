import { cp, mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { buildUpdate } from "../../src/build/build-update.js";
import { generateKeyPair } from "../../src/signing/generate-key-pair.js";
import { verifySignatures } from "../../src/signing/verify-signatures.js";
import { applyByHand } from "../fixture/apply-by-hand.js";
import { edited, noise } from "../fixture/sample-bytes.js";
import { createSpliceEngine } from "../fixture/splice-engine.js";
import { treePairs } from "../fixture/tree-pairs.js";
import { treeSnapshot } from "../fixture/tree-snapshot.js";
import { type TwoVersions, twoVersions } from "../fixture/two-versions.js";

const engines = [createSpliceEngine()];
const versions = {
  engines,
  fromVersion: "1.0.0",
  toVersion: "1.1.0",
  created: "2026-01-02T03:04:05Z",
};
const large = noise(5_000);

/** Builds an update, applies it to a copy of the old tree, and expects the new one. */
async function expectRoundTrip(trees: TwoVersions, options: object = {}) {
  const { folder, oldDir, newDir, outDir } = trees;
  const report = await buildUpdate(oldDir, newDir, outDir, { ...versions, ...options });
  const copy = join(folder, "copy");
  await cp(oldDir, copy, { recursive: true, verbatimSymlinks: true });
  await applyByHand(outDir, copy, engines);
  expect(await treeSnapshot(copy)).toEqual(await treeSnapshot(newDir));
  return report;
}

async function filesOf(folder: string): Promise<readonly string[]> {
  const entries = await treeSnapshot(folder);
  return Object.keys(entries).filter((path) => entries[path] !== "folder");
}

describe("an update that is built and applied gives the new tree:", () => {
  for (const [what, [before, after]] of Object.entries(treePairs)) {
    test.each(["paths", "hashes"] as const)(`${what}, laid out by %s`, async (layout) => {
      await expectRoundTrip(await twoVersions(before, after), { layout });
    });

    test(`${what}, whole`, async () => {
      const trees = await twoVersions({}, after);
      await buildUpdate(undefined, trees.newDir, trees.outDir, { engines: [], toVersion: "1.1.0" });
      await applyByHand(trees.outDir, trees.oldDir);
      expect(await treeSnapshot(trees.oldDir)).toEqual(await treeSnapshot(trees.newDir));
    });
  }
});

test("the folder is laid out as Ethylene's", async () => {
  const trees = await twoVersions(
    { "bin/game.exe": large, gone: "1" },
    { "bin/game.exe": edited(large), "new.pak": noise(50), "words.txt": "word ".repeat(100) },
  );
  await expectRoundTrip(trees);
  expect(await filesOf(trees.outDir)).toEqual([
    "bin/game.exe.patch",
    "manifest.json",
    "new/new.pak",
    "packed/words.txt.br",
  ]);
});

test("laid out by hashes, each file has its own bytes' hash as its name", async () => {
  const trees = await twoVersions(
    { a: large },
    { a: edited(large), b: noise(50), c: "c".repeat(99) },
  );
  await expectRoundTrip(trees, { layout: "hashes" });
  const entries = await treeSnapshot(trees.outDir);
  const objects = (await filesOf(trees.outDir)).filter((path) => path !== "manifest.json");
  expect(objects).toHaveLength(3);
  for (const path of objects) {
    expect(path).toBe(`objects/${entries[path]?.slice(0, 2)}/${entries[path]}`);
  }
});

test("what is the same is shipped once", async () => {
  const fresh = noise(3_000, 7);
  const words = "word ".repeat(100);
  const trees = await twoVersions(
    { a: large, b: large },
    { a: edited(large), b: edited(large), c: fresh, d: fresh, e: words, f: words },
  );
  const report = await expectRoundTrip(trees);
  expect(await filesOf(trees.outDir)).toEqual(["a.patch", "manifest.json", "new/c", "packed/e.br"]);
  expect(report).toMatchObject({
    patches: { splice: { files: 1 } },
    whole: { files: 1, bytes: 3_000 },
    packed: { files: 1 },
    files: { added: 4, changed: 2 },
  });
});

test("entries say what the schema promises of each change", async () => {
  const trees = await twoVersions(
    { move: "mm", mode: { content: "x", mode: 0o755 }, patch: large, whole: noise(10), gone: "1" },
    { moved: "mm", mode: "x", patch: edited(large), whole: noise(20, 5), link: { link: "patch" } },
  );
  const { manifest } = await expectRoundTrip(trees, { product: "game", sequence: 7 });
  const hash = expect.stringMatching(/^[0-9a-f]{64}$/);
  expect(manifest).toMatchObject({
    fromVersion: "1.0.0",
    toVersion: "1.1.0",
    created: "2026-01-02T03:04:05Z",
    schemaVersion: 1,
    product: "game",
    sequence: 7,
  });
  expect(manifest.files).toEqual([
    { action: "delete", path: "gone", oldHash: hash, oldSize: 1 },
    {
      action: "add",
      path: "mode",
      oldHash: hash,
      oldSize: 1,
      newHash: hash,
      newSize: 1,
      executable: false,
      copyFrom: "mode",
    },
    { action: "delete", path: "move", oldHash: hash, oldSize: 2 },
    { action: "add", path: "moved", newHash: hash, newSize: 2, copyFrom: "move" },
    {
      action: "patch",
      path: "patch",
      oldHash: hash,
      oldSize: 5_000,
      newHash: hash,
      newSize: 5_000,
      patchFile: "patch.patch",
      algorithm: "splice",
      patchHash: hash,
      patchSize: 41,
    },
    { action: "add", path: "whole", oldHash: hash, oldSize: 10, newHash: hash, newSize: 20 },
  ]);
  expect(manifest.links).toEqual([{ action: "add", path: "link", target: "patch" }]);
  expect(manifest.folders).toBeUndefined();
});

test("a full manifest says of each file whether it may be run", async () => {
  const { newDir, outDir } = await twoVersions({}, { a: "1", b: { content: "2", mode: 0o755 } });
  const options = { toVersion: "1.1.0" };
  const { manifest } = await buildUpdate(undefined, newDir, outDir, options);
  expect(manifest.fromVersion).toBe("");
  expect(manifest.files.map((entry) => "executable" in entry && entry.executable)).toEqual([
    false,
    true,
  ]);
});

test("the same trees give the same bytes, whatever the order of the work", async () => {
  const before = Object.fromEntries(
    Array.from({ length: 40 }, (_, at) => [`f${at}`, noise(900, at)]),
  );
  const after = Object.fromEntries(
    Array.from({ length: 60 }, (_, at) => [
      `f${at}`,
      at % 3 === 0 ? edited(noise(900, at)) : `${at % 7}`,
    ]),
  );
  const { folder, oldDir, newDir } = await twoVersions(before, after);
  const { privateKey } = generateKeyPair();
  for (const concurrency of [1, 9]) {
    const options = { ...versions, concurrency, sign: [privateKey] };
    await buildUpdate(oldDir, newDir, join(folder, `out-${concurrency}`), options);
  }
  expect(await treeSnapshot(join(folder, "out-9"))).toEqual(
    await treeSnapshot(join(folder, "out-1")),
  );
});

test("the manifest is signed over its exact bytes", async () => {
  const { oldDir, newDir, outDir } = await twoVersions({ a: "1" }, { a: "2" });
  const [one, two] = [generateKeyPair(), generateKeyPair()];
  const sign = [one.privateKey, two.privateKey];
  await buildUpdate(oldDir, newDir, outDir, { ...versions, sign });
  const bytes = await readFile(join(outDir, "manifest.json"));
  const signatures = await readFile(join(outDir, "manifest.json.sig"));
  const trust = { keys: [one.publicKey, two.publicKey], threshold: 2 };
  expect(() => verifySignatures(bytes, signatures, trust)).not.toThrow();
  expect(() => verifySignatures(edited(bytes), signatures, trust)).toThrow(
    expect.objectContaining({ code: "BAD_SIGNATURE" }),
  );
});

test("without compress nothing is packed", async () => {
  const trees = await twoVersions({ a: "x" }, { a: "word ".repeat(100), b: "word ".repeat(200) });
  const report = await expectRoundTrip(trees, { compress: false });
  expect(report).toMatchObject({
    packed: { files: 0, bytes: 0 },
    whole: { files: 2, bytes: 1_500 },
  });
});

test("with fullDir the full update is built as well, as it would be alone, and each file is hashed once", async () => {
  const { folder, oldDir, newDir, outDir } = await twoVersions(
    { a: large, b: "1" },
    { a: edited(large), c: "c".repeat(99), d: { link: "c" } },
  );
  const { privateKey } = generateKeyPair();
  const [fullDir, alone] = [join(folder, "full"), join(folder, "alone")];
  const options = { ...versions, sequence: 3, sign: [privateKey] };
  let hashedBytes = 0;
  const { full, ...report } = await buildUpdate(oldDir, newDir, outDir, {
    ...options,
    fullDir,
    onProgress: ({ phase, doneBytes }) => {
      if (phase === "hash") hashedBytes = doneBytes;
    },
  });
  expect(hashedBytes).toBe(5_000 + 1 + 5_000 + 99);
  expect(report.manifest).toMatchObject({ fromVersion: "1.0.0", toVersion: "1.1.0", sequence: 3 });
  const { engines: _, fromVersion: __, ...whole } = options;
  const lone = await buildUpdate(undefined, newDir, alone, whole);
  expect(await treeSnapshot(fullDir)).toEqual(await treeSnapshot(alone));
  expect(full).toEqual(lone);
  const copy = join(folder, "copy");
  await cp(oldDir, copy, { recursive: true });
  await applyByHand(outDir, copy, engines);
  expect(await treeSnapshot(copy)).toEqual(await treeSnapshot(newDir));
  expect((await readdir(folder)).sort()).toEqual(["alone", "copy", "full", "new", "old", "out"]);
});

test("a fullDir that is in the way of another folder, or without an update beside it, is refused", async () => {
  const { folder, oldDir, newDir, outDir } = await twoVersions({ a: "1" }, { a: "2" });
  const invalid = { code: "INVALID_ARGUMENT", field: "fullDir" };
  for (const fullDir of [outDir, join(outDir, "full"), folder, join(newDir, "full"), ""]) {
    const refusal = buildUpdate(oldDir, newDir, outDir, { ...versions, fullDir });
    await expect(refusal).rejects.toMatchObject(invalid);
  }
  await mkdir(join(folder, "full/x"), { recursive: true });
  const fullDir = join(folder, "full");
  const taken = buildUpdate(oldDir, newDir, outDir, { ...versions, fullDir });
  await expect(taken).rejects.toMatchObject(invalid);
  const alone = buildUpdate(undefined, newDir, outDir, { toVersion: "1", fullDir });
  await expect(alone).rejects.toMatchObject(invalid);
  expect((await readdir(folder)).sort()).toEqual(["full", "new", "old"]);
});

test("a missing parent of an out folder is NOT_FOUND, and named", async () => {
  const { folder, oldDir, newDir, outDir } = await twoVersions({ a: "1" }, { a: "2" });
  const missing = join(folder, "releases");
  const out = join(missing, "1.1.0");
  for (const refusal of [
    buildUpdate(oldDir, newDir, out, versions),
    buildUpdate(oldDir, newDir, outDir, { ...versions, fullDir: out }),
  ]) {
    await expect(refusal).rejects.toMatchObject({ code: "NOT_FOUND", path: missing });
    await expect(refusal).rejects.toThrow(`${missing} is no folder`);
  }
  await writeFile(join(folder, "file"), "");
  const inFile = buildUpdate(oldDir, newDir, join(folder, "file", "out"), versions);
  await expect(inFile).rejects.toMatchObject({ code: "NOT_FOUND", path: join(folder, "file") });
  expect((await readdir(folder)).sort()).toEqual(["file", "new", "old"]);
});

test("engines must be given for patches, and need not for a full update", async () => {
  const { newDir, oldDir, outDir } = await twoVersions({ a: "1" }, { a: "2" });
  const { engines: _, ...others } = versions;
  const refusal = buildUpdate(oldDir, newDir, outDir, others);
  await expect(refusal).rejects.toMatchObject({ code: "INVALID_ARGUMENT", field: "engines" });
});

test("what is ignored is in neither tree", async () => {
  const { oldDir, newDir, outDir } = await twoVersions(
    { "a.log": "1", "logs/x": "1", keep: "1" },
    { "b.log": "2", "logs/y": "2", keep: "2" },
  );
  const ignore = ["*.log", "logs/"];
  const { manifest } = await buildUpdate(oldDir, newDir, outDir, { ...versions, ignore });
  expect(manifest.files.map(({ path }) => path)).toEqual(["keep"]);
  expect(manifest.folders).toBeUndefined();
});

test("the report counts what was made", async () => {
  const trees = await twoVersions(
    { same: "1", patched: large, moved: "22", mode: "3", gone: "4", swapped: "55" },
    {
      same: "1",
      patched: edited(large),
      "in/moved": "22",
      mode: { content: "3", mode: 0o755 },
      copy: "55",
      swapped: "55",
      fresh: noise(30),
    },
  );
  const report = await expectRoundTrip(trees);
  expect(report).toMatchObject({
    files: { unchanged: 2, added: 1, changed: 1, moved: 1, copied: 1, modeChanged: 1, deleted: 1 },
    patches: { splice: { files: 1, bytes: 41 } },
    whole: { files: 1, bytes: 30 },
    packed: { files: 0, bytes: 0 },
    shippedBytes: 71,
    newTreeBytes: 1 + 5_000 + 2 + 1 + 2 + 2 + 30,
    passed: [],
  });
  const names = await readdir(trees.folder);
  expect(names.sort()).toEqual(["copy", "new", "old", "out"]);
});

test.skipIf(process.platform === "win32")(
  "an out folder that is in a tree by way of a link is refused",
  async () => {
    const { folder, oldDir, newDir } = await twoVersions({ a: "1" }, { a: "2" });
    await symlink("new", join(folder, "alias"));
    for (const [tree, out] of [
      [newDir, "alias/out"],
      [join(folder, "alias"), "new/out"],
    ] as const) {
      const refusal = buildUpdate(oldDir, tree, join(folder, out), versions);
      await expect(refusal).rejects.toMatchObject({ code: "INVALID_ARGUMENT", field: "outDir" });
    }
    expect(await readdir(newDir)).toEqual(["a"]);
  },
);
