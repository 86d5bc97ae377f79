import { utimesSync, writeFileSync as writeSync } from "node:fs";
import { appendFile, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type PatchEngine, PatchError } from "@potassium/core-types";
import { describe, expect, test } from "vitest";
import type { BuildOptions } from "../../src/build/build-options.js";
import { buildUpdate } from "../../src/build/build-update.js";
import { rejectionOf } from "../fixture/rejection-of.js";
import { edited, noise } from "../fixture/sample-bytes.js";
import { createSpliceEngine } from "../fixture/splice-engine.js";
import { type TwoVersions, twoVersions } from "../fixture/two-versions.js";

const splice = createSpliceEngine();
const large = noise(5_000);
const words = Buffer.from("word ".repeat(200));

/** The splice engine, with a part of it done otherwise. */
const engineWith = (algorithm: string, changed: Partial<PatchEngine>): PatchEngine => ({
  ...splice,
  algorithm,
  ...changed,
});

/** One whose patches are longer by so much. */
const wordy = (algorithm: string, extraBytes: number): PatchEngine => {
  const tail = Buffer.alloc(extraBytes);
  return engineWith(algorithm, {
    async generate(oldPath, newPath, patchPath, options) {
      const { patchBytes } = await splice.generate(oldPath, newPath, patchPath, options);
      await appendFile(patchPath, tail);
      return { patchBytes: patchBytes + extraBytes };
    },
    async apply(oldPath, patchPath, newPath, options) {
      const bytes = await readFile(patchPath);
      await writeFile(`${patchPath}.short`, bytes.subarray(0, bytes.length - extraBytes));
      try {
        return await splice.apply(oldPath, `${patchPath}.short`, newPath, options);
      } finally {
        await rm(`${patchPath}.short`);
      }
    },
  });
};

const refusing = (algorithm: string, code: "TOO_LARGE" | "ENGINE_UNAVAILABLE" | "TIMEOUT") =>
  engineWith(algorithm, {
    generate: () => Promise.reject(new PatchError(code, "not today")),
  });

const build = ({ oldDir, newDir, outDir }: TwoVersions, options: Partial<BuildOptions>) =>
  buildUpdate(oldDir, newDir, outDir, {
    engines: [splice],
    fromVersion: "1",
    toVersion: "2",
    ...options,
  });

const patched = () => twoVersions({ a: large }, { a: edited(large) });

async function expectNothingLeft({ folder }: TwoVersions): Promise<void> {
  expect((await readdir(folder)).sort()).toEqual(["new", "old"]);
}

test.each([
  [[wordy("long", 9), splice]],
  [[splice, wordy("long", 9)]],
  [[wordy("longer", 20), splice, wordy("long", 9)]],
])("the smallest patch of all engines is kept", async (engines) => {
  const { patches } = await build(await patched(), { engines });
  expect(patches).toEqual({ splice: { files: 1, bytes: 41 } });
});

test("of patches of one size the first engine's is kept", async () => {
  const engines = [engineWith("first", {}), engineWith("second", {})];
  expect(Object.keys((await build(await patched(), { engines })).patches)).toEqual(["first"]);
});

test.each(["TOO_LARGE", "ENGINE_UNAVAILABLE"] as const)(
  "an engine that says %s is passed over for the next, and the report says so",
  async (code) => {
    const engines = [refusing("shy", code), splice];
    expect(await build(await patched(), { engines })).toMatchObject({
      patches: { splice: { files: 1 } },
      passed: [{ path: "a", algorithm: "shy", code, message: "not today" }],
    });
  },
);

test("a file that no engine takes is shipped whole", async () => {
  const engines = [refusing("shy", "TOO_LARGE")];
  expect(await build(await patched(), { engines })).toMatchObject({
    patches: {},
    whole: { files: 1, bytes: 5_000 },
  });
});

test("another error of an engine ends the build, and nothing is left", async () => {
  const trees = await patched();
  const engines = [refusing("slow", "TIMEOUT"), splice];
  expect(await rejectionOf(() => build(trees, { engines }))).toMatchObject({
    name: "ManifestError",
    code: "TIMEOUT",
    path: "a",
    cause: { name: "PatchError" },
  });
  await expectNothingLeft(trees);
});

describe("a patch that does not make the new file is never shipped:", () => {
  const liars: Readonly<Record<string, Partial<PatchEngine>>> = {
    "its engine finds it corrupt": {
      async generate(_oldPath, _newPath, patchPath) {
        await writeFile(patchPath, "x");
        return { patchBytes: 1 };
      },
    },
    "its engine makes another file of it and says nothing": {
      async apply(_oldPath, _patchPath, newPath) {
        await writeFile(newPath, "another file");
        return { newBytes: 12 };
      },
    },
  };
  for (const [what, changed] of Object.entries(liars)) {
    test(what, async () => {
      const report = await build(await patched(), {
        engines: [engineWith("liar", changed), splice],
      });
      expect(report.patches).toEqual({ splice: { files: 1, bytes: 41 } });
      const alone = await build(await patched(), { engines: [engineWith("liar", changed)] });
      expect(alone).toMatchObject({
        patches: {},
        whole: { files: 1 },
        passed: [{ path: "a", algorithm: "liar" }],
      });
    });
  }
});

test("the compressed file is shipped where it is smaller than the patch", async () => {
  const rewritten = Buffer.from("other ".repeat(200));
  const report = await build(await twoVersions({ a: words }, { a: rewritten }), {});
  expect(report).toMatchObject({ patches: {}, packed: { files: 1 } });
  const [entry] = report.manifest.files;
  expect(entry).toMatchObject({ action: "add", packed: { file: "packed/a.br", codec: "br" } });
});

test("the patch is shipped where the compressed file is larger", async () => {
  const report = await build(await twoVersions({ a: large }, { a: edited(large) }), {});
  expect(report).toMatchObject({ patches: { splice: { files: 1 } }, packed: { files: 0 } });
});

test("a patch that is no smaller than the file is not shipped", async () => {
  const report = await build(await twoVersions({ a: noise(30) }, { a: noise(30, 2) }), {});
  expect(report).toMatchObject({ patches: {}, whole: { files: 1, bytes: 30 } });
});

describe("a file that changes during the build is refused, and nothing is left:", () => {
  test.each(["old", "new"] as const)("the %s one, before its patch is made", async (side) => {
    const trees = await patched();
    const engines = [
      engineWith("splice", {
        async generate(oldPath, newPath, patchPath, options) {
          const path = side === "old" ? oldPath : newPath;
          const bytes = await readFile(path);
          bytes[0] = (bytes[0] ?? 0) ^ 1;
          await writeFile(path, bytes);
          return splice.generate(oldPath, newPath, patchPath, options);
        },
      }),
    ];
    expect(await rejectionOf(() => build(trees, { engines }))).toMatchObject({
      name: "ManifestError",
      code: expect.stringMatching(/^(HASH_MISMATCH|IO_ERROR)$/),
      path: "a",
    });
    await expectNothingLeft(trees);
  });

  test("one that is shipped whole", async () => {
    const trees = await twoVersions({}, { a: noise(100), b: "word ".repeat(100) });
    for (const file of ["a", "b"]) {
      let seen = false;
      const onProgress: BuildOptions["onProgress"] = ({ phase, totalBytes }) => {
        if (phase !== "make" || totalBytes === 0 || seen) return;
        seen = true;
        // Before the work on it begins: what progress calls is done at once.
        writeSync(join(trees.newDir, file), noise(100, 3));
      };
      expect(await rejectionOf(() => build(trees, { onProgress, concurrency: 1 }))).toMatchObject({
        code: expect.stringMatching(/^(HASH_MISMATCH|IO_ERROR)$/),
      });
      await expectNothingLeft(trees);
    }
  });

  test("with its size and time set back", async () => {
    const trees = await twoVersions({}, { a: noise(100) });
    const path = join(trees.newDir, "a");
    const { mtime } = await stat(path);
    let seen = false;
    const onProgress: BuildOptions["onProgress"] = ({ phase }) => {
      if (phase !== "make" || seen) return;
      seen = true;
      writeSync(path, noise(100, 3));
      utimesSync(path, mtime, mtime);
    };
    expect(await rejectionOf(() => build(trees, { onProgress }))).toMatchObject({
      code: expect.stringMatching(/^(HASH_MISMATCH|IO_ERROR)$/),
      path: "a",
    });
    await expectNothingLeft(trees);
  });

  test("one that is gone", async () => {
    const trees = await patched();
    const engines = [
      engineWith("splice", {
        async generate(oldPath, newPath, patchPath, options) {
          await rm(oldPath);
          return splice.generate(oldPath, newPath, patchPath, options);
        },
      }),
    ];
    expect(await rejectionOf(() => build(trees, { engines }))).toMatchObject({
      code: "NOT_FOUND",
      path: "a",
    });
    await expectNothingLeft(trees);
  });
});
