import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { PatchProgress } from "@potassium/core-types";
import { hasBsdiff } from "@potassium/tooling/engines";
import { describe, expect, test } from "vitest";
import { generateBsdiff } from "../../src/generate/generate-bsdiff.js";
import { workFolder } from "./work-folder.js";

const vectors = fileURLToPath(new URL("../vectors/", import.meta.url));
interface Case {
  readonly name: string;
  readonly old: { readonly file: string };
  readonly new: { readonly file: string; readonly size: number };
  readonly patches: readonly { readonly file: string; readonly tool: string }[];
}
const { cases }: { cases: readonly Case[] } = JSON.parse(
  readFileSync(`${vectors}index.json`, "utf8"),
);
const isMissing = !hasBsdiff(import.meta.url);

describe.skipIf(isMissing)("generateBsdiff()", () => {
  for (const { name, old, new: wanted, patches } of cases) {
    const golden = patches.find(({ tool }) => tool === "bsdiff");
    const makes =
      golden === undefined ? "a whole BSDIFF40 file" : "the bytes that bsdiff 4.3 makes";
    test(`makes ${makes} of ${name}`, async () => {
      await using folder = await workFolder();
      const path = folder.path("patch");
      await generateBsdiff(vectors + old.file, vectors + wanted.file, path);
      const patch = await readFile(path);
      expectWhole(patch, wanted.size);
      if (golden !== undefined) {
        expect(patch.equals(await readFile(vectors + golden.file))).toBe(true);
      }
    });
  }

  test("makes a patch of empty files, by three empty bzip2 streams", async () => {
    await using folder = await workFolder();
    const empty = await folder.write("empty", "");
    const full = await folder.write("full", "content");
    await generateBsdiff(empty, empty, folder.path("both"));
    await generateBsdiff(full, empty, folder.path("new"));
    const both = await readFile(folder.path("both"));
    expect(both.length).toBe(32 + 3 * 14);
    expect(both.equals(await readFile(folder.path("new")))).toBe(true);
  });

  test("reports matching in bytes of the new file, rising to its end", async () => {
    await using folder = await workFolder();
    const bytes = randomBytes(500_000);
    const oldPath = await folder.write("old", bytes);
    // What is new in it is looked for byte by byte, so that the matching takes its time.
    const pieces = Array.from({ length: 500 }, (_, at) =>
      bytes.subarray(at * 1000, at * 1000 + 500),
    );
    const newBytes = Buffer.concat(pieces.flatMap((piece) => [piece, randomBytes(1000)]));
    const newPath = await folder.write("new", newBytes);
    const reports: PatchProgress[] = [];
    const onProgress = (progress: PatchProgress) => reports.push(progress);
    await generateBsdiff(oldPath, newPath, folder.path("patch"), { onProgress });
    const done = reports.map(({ doneBytes }) => doneBytes);
    expect(done).toEqual(done.toSorted((a, b) => a - b));
    expect([done[0], done.at(-1)]).toEqual([0, newBytes.length]);
    expect(new Set(reports.map(({ phase }) => phase))).toEqual(new Set(["match"]));
    expect(new Set(reports.map(({ totalBytes }) => totalBytes))).toEqual(
      new Set([newBytes.length]),
    );
    expect(done.length).toBeGreaterThan(2);
  });

  test("takes names with spaces, leading dashes and letters of any script", async () => {
    await using folder = await workFolder();
    const oldPath = await folder.write("--old file", "the old content");
    const newPath = await folder.write("新しい ファイル; $(x).bin", "the new content");
    await generateBsdiff(oldPath, newPath, folder.path("-ö 'patch'"));
    expectWhole(await readFile(folder.path("-ö 'patch'")), "the new content".length);
  });

  test("makes many patches at once", async () => {
    await using folder = await workFolder();
    const sizes = [0, 1, 255, 256, 257, 65_535, 65_536, 65_537];
    const oldPath = await folder.write("old", randomBytes(65_536));
    await Promise.all(
      sizes.map(async (size) => {
        const newPath = await folder.write(`new-${size}`, randomBytes(size));
        await generateBsdiff(oldPath, newPath, folder.path(`patch-${size}`));
        expectWhole(await readFile(folder.path(`patch-${size}`)), size);
      }),
    );
  });

  test("only reads its input files", async () => {
    await using folder = await workFolder();
    const oldPath = await folder.write("old", "the old content");
    const newPath = await folder.write("new", "the new content");
    await generateBsdiff(oldPath, newPath, folder.path("patch"));
    expect(await readFile(oldPath, "utf8")).toBe("the old content");
    expect(await readFile(newPath, "utf8")).toBe("the new content");
    expect(await folder.names()).toEqual(["new", "old", "patch"]);
  });
});

/** Expects a header and three bzip2 streams of the lengths that it names. */
function expectWhole(patch: Buffer, newBytes: number): void {
  expect(patch.toString("latin1", 0, 8)).toBe("BSDIFF40");
  const [control = 0, differences = 0, size] = [8, 16, 24].map((at) =>
    Number(patch.readBigInt64LE(at)),
  );
  expect(size).toBe(newBytes);
  for (const start of [32, 32 + control, 32 + control + differences]) {
    expect(patch.toString("latin1", start, start + 4)).toBe("BZh9");
  }
}
