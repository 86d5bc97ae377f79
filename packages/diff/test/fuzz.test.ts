import { rm } from "node:fs/promises";
import { type ApplyOptions, PatchError } from "@potassium/core-types";
import { describe, expect, test } from "vitest";
import { createBsdiff, createHdiff } from "../src/index.js";
import { type GoldenPatch, vectorBytes, vectorPath, vectors } from "./fixture/vectors.js";
import { sha256, WorkFolder } from "./fixture/work-folder.js";
import { startHangGuard } from "./fuzz/hang-guard.js";
import { type FuzzSeed, mutatePatch } from "./fuzz/mutate-patch.js";
import { newBytesOf, putTogether, takeApart } from "./fuzz/patch-parts.js";
import { Random } from "./fuzz/random.js";

/** `POTASSIUM_FUZZ_SEED` sets other numbers going, `POTASSIUM_FUZZ_RUNS` how many, `POTASSIUM_FUZZ_RUN` does one alone. */
const { POTASSIUM_FUZZ_SEED: seedText, POTASSIUM_FUZZ_RUN: onlyText } = process.env;
const seed = Number(seedText ?? 6);
const factor = Number(process.env["POTASSIUM_FUZZ_RUNS"] ?? 30_000) / 30_000;

/** By what it costs, and by how much there is that can be wrong. */
const runs: Readonly<Record<GoldenPatch["format"], number>> = {
  BSDIFF40: 4_000,
  "ENDSLEY/BSDIFF43": 1_500,
  HDIFF13: 14_500,
  HDIFFSF20: 10_000,
};

const mebibyte = 2 ** 20;
const limits = { maxWindowBytes: 4 * mebibyte };
/** Of all buffers that one run makes: pages, windows, chunks, the result; not what a number in a patch says. */
const maxBufferBytes = 48 * mebibyte;

const engines = { bsdiff: createBsdiff(limits), hdiff: createHdiff(limits) };
const codes = [
  "CORRUPT_PATCH",
  "UNSUPPORTED_FORMAT",
  "TOO_LARGE",
  "CODEC_UNAVAILABLE",
  "HASH_MISMATCH",
];

interface Golden extends FuzzSeed {
  readonly file: string;
  readonly old: Buffer;
  readonly oldPath: string;
  readonly newBytes: number;
  readonly newSha256: string;
  /** The chance to be chosen: the less, the longer it takes. */
  readonly weight: number;
}

describe.each(Object.entries(runs))("mutated patches of %s", (format, standard) => {
  const count = Math.round(standard * factor);
  test(`${count} of them are applied or refused, within bounds`, async () => {
    const golden = await goldenPatches(format);
    const folder = await WorkFolder.make();
    await using guard = startHangGuard(`fuzz of ${format}, seed ${seed}`);
    const outcomes = new Map<string, number>();
    for (const number of onlyText === undefined ? Array(count).keys() : [Number(onlyText)]) {
      guard.at(number);
      const outcome = await runOne(golden, folder, number).catch((cause: unknown) => {
        const again = `POTASSIUM_FUZZ_SEED=${seed} POTASSIUM_FUZZ_RUN=${number}`;
        throw new Error(`${cause} (again by ${again} and -t ${format})`, { cause });
      });
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
    if (onlyText !== undefined) return;
    // Else nothing but headers would have been looked at.
    expect(outcomes.get("applied")).toBeGreaterThan(count * 0.02);
    expect(outcomes.get("CORRUPT_PATCH")).toBeGreaterThan(count * 0.3);
  }, 300_000);
});

async function runOne(golden: readonly Golden[], folder: WorkFolder, number: number) {
  const random = new Random(seed, number);
  const chosen = choose(golden, random);
  const patch = mutatePatch(chosen, golden, random);
  const options: ApplyOptions = {
    maxNewBytes: random.chance(0.1) ? random.below(chosen.newBytes + 1) : mebibyte,
    expected: random.chance(0.2) ? { newSha256: chosen.newSha256 } : undefined,
  };
  const result = await resultOf(chosen, patch, options);
  // What is read from files goes through other code; it takes longer, so not each time.
  if (number % (typeof result === "object" ? 2 : 32) === 0) {
    const fromFiles = await resultOfFiles(chosen, patch, options, folder);
    expect(fromFiles, "the result from files").toEqual(result);
  }
  return typeof result === "object" ? "applied" : (/^[A-Z_]+/.exec(result)?.[0] ?? result);
}

async function goldenPatches(format: string): Promise<Golden[]> {
  const golden: Golden[] = [];
  for (const { old, new: wanted, patches } of vectors.cases) {
    for (const patch of patches) {
      if (patch.format !== format) continue;
      const bytes = await vectorBytes(patch.file);
      const parts = takeApart(bytes);
      const weight = 1 / (16_000 + wanted.size + 4 * bytes.length);
      const oldBytes = await vectorBytes(old.file);
      const again = putTogether(parts).length - bytes.length;
      // hdiffz writes some integers longer than they need to be.
      expect(again, patch.file).toBeLessThanOrEqual(0);
      golden.push({
        file: patch.file,
        bytes,
        parts,
        weight,
        old: oldBytes,
        oldPath: vectorPath(old.file),
        newBytes: wanted.size,
        newSha256: wanted.sha256,
      });
    }
  }
  return golden;
}

function choose(golden: readonly Golden[], random: Random): Golden {
  const total = golden.reduce((sum, { weight }) => sum + weight, 0);
  let left = (random.below(2 ** 30) / 2 ** 30) * total;
  const found = golden.find(({ weight }) => {
    left -= weight;
    return left < 0;
  });
  return found ?? (golden[0] as Golden);
}

/** What came out, or the code and the message of a refusal. */
type Result = { readonly sha256: string } | string;

const engineOf = ({ file }: Golden) => engines[file.endsWith("bsdiff") ? "bsdiff" : "hdiff"];

async function resultOf(chosen: Golden, patch: Buffer, options: ApplyOptions): Promise<Result> {
  const before = process.memoryUsage().arrayBuffers;
  let result: Result;
  try {
    const made = await engineOf(chosen).applyBytes(chosen.old, patch, options);
    expect(made.length).toBeLessThanOrEqual(options.maxNewBytes ?? 0);
    expect(made.length).toBe(newBytesOf(takeApart(patch)));
    result = { sha256: sha256(made) };
    if (options.expected !== undefined) expect(result.sha256).toBe(chosen.newSha256);
  } catch (error) {
    result = refusal(error, patch);
  }
  const grown = process.memoryUsage().arrayBuffers - before;
  expect(grown, "bytes of new buffers").toBeLessThan(maxBufferBytes);
  return result;
}

async function resultOfFiles(
  chosen: Golden,
  patch: Buffer,
  options: ApplyOptions,
  folder: WorkFolder,
): Promise<Result> {
  const patchPath = await folder.write("patch", patch);
  const newPath = folder.path("new");
  try {
    await engineOf(chosen).apply(chosen.oldPath, patchPath, newPath, options);
  } catch (error) {
    expect(await folder.names()).toEqual(["patch"]);
    const text = refusal(error, patch).replace(`${patchPath}: `, "");
    return text.replaceAll(chosen.oldPath, "the old file").replaceAll(newPath, "the new file");
  }
  const result = { sha256: sha256(await folder.read("new")) };
  await rm(newPath);
  return result;
}

function refusal(error: unknown, patch: Buffer): string {
  if (!(error instanceof PatchError)) throw error;
  expect(codes, String(error)).toContain(error.code);
  if (error.code === "CORRUPT_PATCH") {
    expect(error.offset, error.message).toBeGreaterThanOrEqual(0);
    expect(error.offset, error.message).toBeLessThanOrEqual(patch.length);
  }
  return `${error.code}: ${error.message}`;
}
