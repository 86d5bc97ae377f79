import { createHash } from "node:crypto";
import { truncateSync } from "node:fs";
import * as nodeFileSystem from "node:fs/promises";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { writesZstd } from "../../../src/generate/hdiff/zstd-encoder.js";
import {
  createHdiff,
  type FileSystem,
  type HdiffGenerateOptions,
  hdiff,
} from "../../../src/index.js";
import { inspect } from "../../../src/inspect.js";
import { sampleContent } from "../../codec/sample-content.js";
import { randomBytes } from "../../compress/lzma2/block-content.js";
import { watchedThreads } from "../../crew/watched-threads.js";
import { rejectionOf } from "../../fixture/rejection-of.js";
import { watchedFileSystem } from "../../fixture/watched-file-system.js";
import { WorkFolder } from "../../fixture/work-folder.js";
import { arbitraryPair } from "./arbitrary-pair.js";
import { appliesTo, generated } from "./generated.js";

const codecs = ["stored", "zlib", "lzma2", "zstd"] as const;
const written = codecs.filter((codec) => codec !== "zstd" || writesZstd());
const efforts = ["fast", "balanced", "smallest"] as const;

/** Several segments. */
const old = Buffer.concat([sampleContent(400_000), randomBytes(500_000)]);
const next = Buffer.concat([
  randomBytes(3_000, 9),
  old.subarray(350_000),
  old.subarray(0, 400_000).map((byte, at) => (at % 50 === 7 ? byte + 1 : byte)),
]);

test("a patch of any pair, by any codec and effort, makes the new file to the byte", async () => {
  const folder = await WorkFolder.make();
  await fc.assert(
    fc.asyncProperty(
      arbitraryPair,
      fc.constantFrom(...written),
      fc.constantFrom(...efforts),
      async (pair, codec, effort) => {
        const patch = await generated(pair.old, pair.next, { codec, effort }, folder);
        expect(await appliesTo(pair.old, patch, pair.next)).toBe(true);
        expect(patch.length).toBeLessThan(pair.next.length * 1.02 + 200);
      },
    ),
    { numRuns: 60 },
  );
});

test("a patch of any pair is the same for any number of threads", async () => {
  const folder = await WorkFolder.make();
  await fc.assert(
    fc.asyncProperty(arbitraryPair, fc.constantFrom(...written), async (pair, codec) => {
      const own = await generated(pair.old, pair.next, { codec }, folder);
      for (const threads of [1, 2, 3]) {
        const patch = await generated(pair.old, pair.next, { codec, threads }, folder);
        expect(patch.equals(own)).toBe(true);
      }
    }),
    { numRuns: 4 },
  );
});

describe.each(written)("%s", (codec) => {
  test.each(efforts)(
    "with effort %s makes right patches of several segments, the same for each number of threads",
    async (effort) => {
      const folder = await WorkFolder.make();
      const patches: Buffer[] = [];
      for (const threads of effort === "balanced" ? [1, 2, 3] : [2]) {
        patches.push(await generated(old, next, { codec, effort, threads }, folder));
      }
      const [first, ...others] = patches as [Buffer, ...Buffer[]];
      for (const other of others) expect(other.equals(first)).toBe(true);
      expect(await appliesTo(old, first, next)).toBe(true);
      // The random 3,000 bytes, and a difference in every fifty bytes.
      expect(first.length).toBeLessThan(codec === "stored" ? 80_000 : 25_000);
      expect((await inspect(folder.path("patch"))).format).toBe("HDIFF13");
    },
  );

  test("makes right patches whose sections are several blocks, which refer to each other", async () => {
    const few = randomBytes(10_000, 2);
    const words = sampleContent(1_200_000);
    const fresh = Buffer.concat([few, words, randomBytes(200_000), words.subarray(300_000)]);
    const settings = { codec, effort: "fast" } as const;
    const folder = await WorkFolder.make();
    const one = await generated(few, fresh, { ...settings, threads: 2 }, folder);
    if (codec !== "stored") expect(one.length).toBeLessThan(0.7 * fresh.length);
    expect(await appliesTo(few, one, fresh)).toBe(true);
  });
});

test.skipIf(writesZstd())(
  "zstd is CODEC_UNAVAILABLE where Node does not write it, and leaves nothing",
  async () => {
    const threads = watchedThreads();
    const folder = await WorkFolder.make();
    const oldPath = await folder.write("old", old);
    const newPath = await folder.write("new", next);
    const generate = () =>
      hdiff.generate(oldPath, newPath, folder.path("patch"), { codec: "zstd" });
    const error = await rejectionOf(generate);
    expect(error.code).toBe("CODEC_UNAVAILABLE");
    expect(error.message).toMatch(/22\.15.*"lzma2"/);
    expect(await folder.names()).toEqual(["new", "old"]);
    // Nothing was matched in vain.
    expect(threads.begun()).toBe(0);
    const none = Buffer.alloc(0);
    const empty = await rejectionOf(() => hdiff.generateBytes(none, none, { codec: "zstd" }));
    expect(empty.code).toBe("CODEC_UNAVAILABLE");
  },
);

test("empty files on either side make patches, and equal files tiny ones", async () => {
  const none = Buffer.alloc(0);
  for (const codec of written) {
    for (const [one, other] of [
      [none, none],
      [none, next],
      [old, none],
      [old, old],
    ] as const) {
      const patch = await generated(one, other, { codec });
      expect(await appliesTo(one, patch, other)).toBe(true);
      if (one === other || other === none) expect(patch.length).toBeLessThan(60);
    }
  }
});

test("little memory, in which an old file is not held whole, makes right patches of any number of threads", async () => {
  const folder = await WorkFolder.make();
  // Just over what pages would take, and so cheap to apply: noise is all of it.
  const large = createHash("shake256", { outputLength: 2 ** 24 })
    .update("old")
    .digest();
  const changed = Buffer.concat([
    large.subarray(9_000_000, 16_000_000),
    randomBytes(100, 1),
    large.subarray(1_000, 8_000_000).map((byte, at) => (at % 5_000 === 0 ? byte ^ 1 : byte)),
  ]);
  const settings = { codec: "zlib", effort: "fast" } as const;
  const patches: Buffer[] = [];
  for (const [threads, mebibytes] of [
    [1, 140],
    [2, 140],
    [2, 384],
  ] as const) {
    const maxMemoryBytes = mebibytes * 2 ** 20;
    patches.push(await generated(large, changed, { ...settings, threads, maxMemoryBytes }, folder));
  }
  expect(patches[1]?.equals(patches[0] as Buffer)).toBe(true);
  for (const patch of [patches[0], patches[2]] as Buffer[]) {
    expect(patch.length).toBeLessThan(15_000);
    expect(await appliesTo(large, patch, changed)).toBe(true);
  }
});

test("progress tells of both phases, from nothing to all, never backwards", async () => {
  const told: string[] = [];
  const last = new Map<string, number>();
  await generated(old, next, {
    codec: "zlib",
    onProgress({ phase, doneBytes, totalBytes }) {
      if (!last.has(phase)) told.push(phase);
      expect(doneBytes).toBeGreaterThanOrEqual(last.get(phase) ?? 0);
      expect(doneBytes).toBeLessThanOrEqual(totalBytes ?? 0);
      if (phase === "match") expect(totalBytes).toBe(next.length);
      last.set(phase, doneBytes);
      told[told.length - 1] = doneBytes === totalBytes ? `all of ${phase}` : phase;
    },
  });
  expect(told).toEqual(["all of match", "all of compress"]);
});

describe("what stops a generation leaves no thread and no file:", () => {
  const generate = async (
    folder: WorkFolder,
    options: HdiffGenerateOptions,
    fs: FileSystem = nodeFileSystem,
  ) => {
    const oldPath = await folder.write("old", old);
    const newPath = await folder.write("new", next);
    return await createHdiff({ fs }).generate(oldPath, newPath, folder.path("patch"), options);
  };

  test.each(["match", "compress"])("an abort in the phase %s", async (wanted) => {
    const threads = watchedThreads();
    const folder = await WorkFolder.make();
    const controller = new AbortController();
    const reason = new Error("the caller has gone");
    const options: HdiffGenerateOptions = {
      ...{ threads: 2, signal: controller.signal },
      onProgress: ({ phase }) => {
        if (phase === wanted) controller.abort(reason);
      },
    };
    await expect(generate(folder, options)).rejects.toBe(reason);
    expect(await folder.names()).toEqual(["new", "old"]);
    expect(threads.begun()).toBeGreaterThan(0);
    expect(threads.running()).toBe(0);
  });

  test("what onProgress throws", async () => {
    const threads = watchedThreads();
    const folder = await WorkFolder.make();
    const failure = new Error("the progress bar broke");
    const onProgress = ({ doneBytes }: { doneBytes: number }) => {
      if (doneBytes > 0) throw failure;
    };
    await expect(generate(folder, { threads: 2, onProgress })).rejects.toBe(failure);
    expect(await folder.names()).toEqual(["new", "old"]);
    expect(threads.running()).toBe(0);
  });

  test.each(["old", "new"])(
    "the %s file was cut short between its opening and its reading",
    async (name) => {
      const threads = watchedThreads();
      const folder = await WorkFolder.make();
      const cut = () => truncateSync(folder.path(name), 300_000);
      let opened = 0;
      // The old file is read before the first progress, the new one after it.
      const fs = watchedFileSystem({
        before(_, operation) {
          if (operation === "open") opened += 1;
          if (name === "old" && operation === "open" && opened === 2) cut();
        },
      });
      const onProgress = ({ phase }: { phase: string }): void => {
        if (name === "new" && phase === "match") cut();
      };
      const error = await rejectionOf(() => generate(folder, { threads: 2, onProgress }, fs));
      expect(error.code).toBe("IO_ERROR");
      expect(error.message).toMatch(/was changed while it was being read/);
      expect(error.message).toContain(folder.path(name));
      expect(await folder.names()).toEqual(["new", "old"]);
      expect(fs.openFiles()).toBe(0);
      expect(threads.running()).toBe(0);
    },
  );

  test("the first, the second, the third … operation of the file system fails", async () => {
    const folder = await WorkFolder.make();
    const small = await folder.write("old", sampleContent(5_000));
    const other = await folder.write("new", sampleContent(6_000));
    for (let failing = 1; ; failing += 1) {
      const fs = watchedFileSystem({
        before(number) {
          if (number === failing)
            throw Object.assign(new Error("the disk is gone"), { code: "EIO" });
        },
      });
      const outcome = await createHdiff({ fs })
        .generate(small, other, folder.path("patch"))
        .then(
          () => "done",
          ({ code }) => code,
        );
      expect(fs.openFiles()).toBe(0);
      if (fs.operations() < failing) {
        expect(outcome).toBe("done");
        expect(failing).toBeGreaterThan(10);
        break;
      }
      if (outcome === "done") {
        // What failed is of no weight: that what is there already could be looked at.
        await nodeFileSystem.rm(folder.path("patch"));
        continue;
      }
      expect(["IO_ERROR", "NOT_FOUND"]).toContain(outcome);
      const left = (await folder.names()).filter((name) => name !== "old" && name !== "new");
      // A temporary file stays where its removal is what failed.
      expect(left.length).toBeLessThanOrEqual(1);
      for (const name of left) await nodeFileSystem.rm(folder.path(name));
    }
  });
});
