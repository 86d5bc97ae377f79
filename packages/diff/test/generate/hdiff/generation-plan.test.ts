import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type GenerationRequest,
  planGeneration,
} from "../../../src/generate/hdiff/generation-plan.js";
import { layOut } from "../../../src/match/matcher-memory.js";

const mebibyte = 2 ** 20;
const size = fc.oneof(
  fc.nat(100_000),
  fc.nat(100 * mebibyte),
  fc.nat(2 ** 31 - 1).map((bytes) => bytes * 16),
);
const request: fc.Arbitrary<GenerationRequest> = fc.record({
  oldBytes: size,
  newBytes: size,
  effort: fc.constantFrom("fast", "balanced", "smallest"),
  codec: fc.constantFrom("stored", "zlib", "lzma2", "zstd"),
  maxMemoryBytes: fc.option(
    fc.integer({ min: 1, max: 2048 }).map((each) => each * mebibyte),
    { nil: undefined },
  ),
  threads: fc.option(fc.integer({ min: 1, max: 256 }), { nil: undefined }),
});

/** What a plan makes of it, or the problem. */
function planned(each: GenerationRequest) {
  try {
    return { plan: planGeneration(each) };
  } catch (error) {
    return { error: error as Error & { code: string } };
  }
}

test("by its estimate a plan never takes more than it may", () => {
  fc.assert(
    fc.property(request, (each) => {
      const { plan } = planned(each);
      if (plan === undefined) return;
      // Without a limit, two threads may take so much, and each other one what it needs.
      const zstd = each.codec === "zstd" ? 4 * 58 * mebibyte : 0;
      const free = 384 * mebibyte + zstd + 80 * mebibyte * Math.max(0, plan.threads - 2);
      expect(plan.memoryBytes).toBeLessThanOrEqual(each.maxMemoryBytes ?? free);
      expect(plan.threads).toBeLessThanOrEqual(each.threads ?? 256);
      if (each.threads !== undefined) expect(plan.threads).toBeGreaterThan(0);
      expect(plan.stepBytes * plan.places).toBeGreaterThanOrEqual(each.oldBytes);
      // What is read at once, to be indexed, begins at a block in each case.
      expect(2 ** 20 % plan.stepBytes).toBe(0);
    }),
    { numRuns: 2_000 },
  );
});

test("what a plan says of the patch does not depend on the number of threads", () => {
  fc.assert(
    fc.property(request, fc.integer({ min: 1, max: 64 }), (each, threads) => {
      const [one, other] = [planned(each), planned({ ...each, threads })];
      expect(other.error?.message).toBe(one.error?.message);
      if (one.plan === undefined || other.plan === undefined) return;
      const ofPatch = ({ threads: _, memoryBytes: __, ...rest }: typeof one.plan) => rest;
      expect(ofPatch(other.plan)).toEqual(ofPatch(one.plan));
    }),
    { numRuns: 1_000 },
  );
});

describe("a limit that is too low", () => {
  test("is TOO_LARGE with the least that would do, which does", () => {
    fc.assert(
      fc.property(request, (each) => {
        const { error } = planned({ ...each, maxMemoryBytes: 1 });
        expect(error?.code).toBe("TOO_LARGE");
        const [, least] = /needs (\d+) MiB of memory/.exec(error?.message ?? "") ?? [];
        expect(
          planned({ ...each, maxMemoryBytes: Number(least) * mebibyte }).error,
        ).toBeUndefined();
        const less = planned({ ...each, maxMemoryBytes: (Number(least) - 1) * mebibyte });
        expect(less.error?.code).toBe("TOO_LARGE");
      }),
      { numRuns: 1_000 },
    );
  });

  test("regression: pages of a small old file took more than the file, and were planned to save memory", () => {
    const small = {
      oldBytes: 1_000,
      newBytes: 1_000,
      effort: "balanced",
      codec: "stored",
    } as const;
    const { memoryBytes } = planGeneration({ ...small, threads: 1 });
    const plan = planGeneration({ ...small, threads: 1, maxMemoryBytes: memoryBytes });
    expect(plan.wholeOld).toBe(true);
    expect(plan.memoryBytes).toBe(memoryBytes);
  });
});

test("files of many gibibytes take no more memory than those of two", () => {
  const of = (gibibytes: number) =>
    planGeneration({
      ...{ oldBytes: gibibytes * 1024 * mebibyte, newBytes: gibibytes * 1024 * mebibyte },
      ...{ effort: "balanced", codec: "lzma2", threads: 4 },
    }).memoryBytes;
  expect(of(64)).toBe(of(2));
});

test("of two threads, large files take no more than 300 MB where nobody says otherwise", () => {
  const bytes = 2 ** 31;
  for (const effort of ["fast", "balanced", "smallest"] as const) {
    for (const codec of ["stored", "zlib", "lzma2"] as const) {
      const plan = planGeneration({ oldBytes: bytes, newBytes: bytes, effort, codec, threads: 2 });
      expect(plan.memoryBytes).toBeLessThanOrEqual(300_000_000);
    }
  }
});

test("without a limit as many threads work as are asked for", () => {
  const request = { oldBytes: 2 ** 31, newBytes: 2 ** 31, effort: "fast", codec: "zlib" } as const;
  expect(planGeneration({ ...request, threads: 32 }).threads).toBe(32);
  expect(planGeneration({ ...request, threads: 32, maxMemoryBytes: 3e8 }).threads).toBeLessThan(32);
});

test("no more threads work than have room in the 4 GiB that WebAssembly can address", () => {
  const bytes = 2 ** 31;
  const request = { oldBytes: bytes, newBytes: bytes, effort: "balanced", codec: "zlib" } as const;
  const plan = planGeneration({ ...request, threads: 100_000 });
  expect(plan.threads).toBeGreaterThan(64);
  const whole = { ...plan, oldBytes: bytes };
  expect(layOut(whole).totalBytes).toBeLessThan(2 ** 32);
  expect(layOut({ ...whole, threads: plan.threads + 1 }).totalBytes).toBeGreaterThan(
    2 ** 32 - 2 ** 16,
  );
});

test("small files are done in the calling thread, unless threads are asked for", () => {
  const small = { oldBytes: 100_000, newBytes: 100_000, effort: "fast", codec: "zlib" } as const;
  expect(planGeneration(small).threads).toBe(0);
  expect(planGeneration({ ...small, threads: 1 }).threads).toBe(1);
  expect(planGeneration({ ...small, newBytes: 2 ** 20 }).threads).toBeGreaterThan(0);
});
