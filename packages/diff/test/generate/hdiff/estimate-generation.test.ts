import { describe, expect, test } from "vitest";
import { estimateGeneration } from "../../../src/index.js";

const gibibyte = 2 ** 30;

describe("estimateGeneration()", () => {
  test("the memory for large files does not grow with them", () => {
    const estimates = [1, 2, 8, 64, 1000].map((size) =>
      estimateGeneration(size * gibibyte, size * gibibyte, { threads: 2 }),
    );
    for (const { memoryBytes, holdsOldFile } of estimates) {
      expect(memoryBytes).toBe(estimates[0]?.memoryBytes);
      expect(holdsOldFile).toBe(false);
    }
  });

  test("it keeps to the limit that is given", () => {
    for (const megabytes of [180, 200, 300, 1000]) {
      const maxMemoryBytes = megabytes * 1e6;
      const { memoryBytes, threads } = estimateGeneration(gibibyte, gibibyte, { maxMemoryBytes });
      expect(memoryBytes).toBeLessThanOrEqual(maxMemoryBytes);
      expect(threads).toBeGreaterThan(0);
    }
  });

  test("a small pair is done in the calling thread", () => {
    expect(estimateGeneration(1000, 1000)).toMatchObject({ threads: 0, holdsOldFile: true });
  });

  test("too little memory for any patch is TOO_LARGE", () => {
    const call = () => estimateGeneration(gibibyte, gibibyte, { maxMemoryBytes: 1e6 });
    expect(call).toThrow(expect.objectContaining({ code: "TOO_LARGE" }));
  });

  test.each([
    [() => estimateGeneration(-1, 5), "oldBytes"],
    [() => estimateGeneration(1, 0.5), "newBytes"],
    [() => estimateGeneration(1, 5, { effort: "huge" as never }), "effort"],
    [() => estimateGeneration(1, 5, { codec: "rar" as never }), "codec"],
    [() => estimateGeneration(1, 5, { threads: 0 }), "threads"],
    [() => estimateGeneration(1, 5, { thread: 1 } as never), "thread"],
  ])("refuses a mistyped argument %#", (call, field) => {
    expect(call).toThrow(expect.objectContaining({ code: "INVALID_ARGUMENT", field }));
  });
});
