import { expect, test } from "vitest";
import { memoryChange, unlimitedSwap } from "../../src/limit/memory-change.js";

const change = (
  limits: { memoryLimit?: number; memorySwap?: number },
  present: { Memory?: number; MemorySwap?: number },
  wanted: { memorySwap?: number } = {},
) => memoryChange(limits, { HostConfig: present } as never, { limits: wanted } as never);

test("swap alone was dropped: it goes with the memory that there is", () => {
  const sent = change({ memorySwap: 300 }, { Memory: 64, MemorySwap: 128 });
  expect(sent).toEqual({ Memory: 64, MemorySwap: 300 });
});

test("more memory than the engine's own total was refused: the total grows with it", () => {
  const own = { Memory: 64, MemorySwap: 128 };
  expect(change({ memoryLimit: 256 }, own)).toEqual({ Memory: 256, MemorySwap: 512 });
  expect(change({ memoryLimit: 64 }, {})).toEqual({ Memory: 64, MemorySwap: 128 });
});

test("a total that was asked for stays, and memory beyond it is refused with its field", () => {
  const present = { Memory: 64, MemorySwap: 128 };
  const asked = { memorySwap: 128 };
  expect(change({ memoryLimit: 100 }, present, asked)).toEqual({ Memory: 100 });
  expect(() => change({ memoryLimit: 129 }, present, asked)).toThrow(
    expect.objectContaining({ code: "INVALID_ARGUMENT", field: "memoryLimit" }),
  );
});

test("no limit on swap is a number that is as good as none, for Docker drops -1", () => {
  const sent = change({ memorySwap: -1 }, { Memory: 64, MemorySwap: 128 });
  expect(sent).toEqual({ Memory: 64, MemorySwap: unlimitedSwap });
});

test.each([
  [{ memorySwap: 300 }, {}],
  [{ memorySwap: 63 }, { Memory: 64, MemorySwap: 128 }],
  [
    { memoryLimit: 64, memorySwap: 32 },
    { Memory: 16, MemorySwap: 128 },
  ],
])("a total without memory, or below it, is INVALID_ARGUMENT: %o", (limits, present) => {
  expect(() => change(limits, present)).toThrow(
    expect.objectContaining({ code: "INVALID_ARGUMENT", field: "memorySwap" }),
  );
});

test("what does not touch memory says nothing of it", () => {
  expect(change({}, { Memory: 64, MemorySwap: 128 })).toEqual({});
});
