import { describe, expect, test } from "vitest";
import { StepDifferences } from "../../src/format/hdiffsf20/step-differences.js";
import { hdiff } from "../../src/index.js";
import { encodeHdiff13, varint } from "../fixture/hdiff-encoder.js";
import { rejectionOf } from "../fixture/rejection-of.js";

const old = Buffer.from("A");

/** An HDIFF13 patch, nothing of it compressed. */
function hdiff13(newBytes: number, covers: number, sections: readonly Uint8Array[]): Buffer {
  const sizes = sections.flatMap(({ length }) => [length, 0]);
  const integers = [newBytes, old.length, covers, ...sizes].flatMap((value) => varint(value));
  return Buffer.concat([Buffer.from("HDIFF13&\0"), Buffer.from(integers), ...sections]);
}

test("more covers than the new file can need are refused by an HDIFF13 header", async () => {
  const covers = 65_536 + 2;
  const parts = [Buffer.alloc(3 * covers), Buffer.from([0]), Buffer.alloc(0), Buffer.from("N")];
  const error = await rejectionOf(() => hdiff.applyBytes(old, hdiff13(1, covers, parts)));
  expect(error.code).toBe("CORRUPT_PATCH");
  expect(error.message).toContain("more covers than the new file can need");
});

test("covers that make nothing are refused while they are more than the bytes made so far", async () => {
  // All but the last make nothing: the new file alone would allow for them.
  const newBytes = 100_000;
  const covers = 65_536 + 1;
  const parts = [
    Buffer.alloc(3 * covers),
    Buffer.from(varint(newBytes - 1, { tag: 0, tagBits: 2 })),
    Buffer.alloc(0),
    Buffer.alloc(newBytes),
  ];
  const error = await rejectionOf(() => hdiff.applyBytes(old, hdiff13(newBytes, covers, parts)));
  expect(error.code).toBe("CORRUPT_PATCH");
  expect(error.message).toContain("too many make nothing");

  const fewer = [parts[0]?.subarray(3) ?? old, ...parts.slice(1)];
  const made = await hdiff.applyBytes(old, hdiff13(newBytes, covers - 1, fewer));
  expect(made.length).toBe(newBytes);
});

test("a few covers that make nothing stay legal", async () => {
  const empty = { oldPosition: 0, newPosition: 0, length: 0 };
  const covers = [empty, empty, { ...empty, length: 1 }];
  const patch = encodeHdiff13({ old, next: old, covers });
  expect(Buffer.from(await hdiff.applyBytes(old, patch))).toEqual(old);
});

test("more covers than the new file can need are refused by an HDIFFSF20 header", async () => {
  const body = Buffer.alloc(11);
  const integers = [1, old.length, 3, body.length, body.length, 0].flatMap((value) =>
    varint(value),
  );
  const patch = Buffer.concat([Buffer.from("HDIFFSF20&\0"), Buffer.from(integers), body]);
  const error = await rejectionOf(() => hdiff.applyBytes(old, patch));
  expect(error.code).toBe("CORRUPT_PATCH");
  expect(error.message).toContain("more covers than the new file can need");
});

describe("of the counts of an HDIFFSF20 step", () => {
  const differences = (counts: readonly number[]) => {
    const window = { buffer: Uint8Array.from(counts), start: 0, end: counts.length };
    return { window, step: new StepDifferences(window, 7) };
  };
  const corrupt = expect.objectContaining({ code: "CORRUPT_PATCH", offset: 7 });

  test("a zero behind a zero is refused at once, however many follow", () => {
    const { window, step } = differences([...new Array(1_000_000).fill(0), 1]);
    expect(() => step.add(new Uint8Array(1), 0, 1)).toThrow(corrupt);
    expect(window.start).toBe(2);
  });

  test("a single zero is none too many: for no zeros first, and for no bytes behind zeros", () => {
    const { step } = differences([0, 1, 9, 2, 0, 1, 1, 8]);
    const target = new Uint8Array(5);
    expect(step.add(target, 0, 5)).toBe(5);
    expect([...target]).toEqual([9, 0, 0, 0, 8]);
    step.expectEnd();
  });

  test("a few zeros may be left over, and not thousands", () => {
    const few = differences([1, 0, 0, 0]);
    few.step.add(new Uint8Array(1), 0, 1);
    few.step.expectEnd();
    const many = differences([1, ...new Array(1_000).fill(0)]);
    many.step.add(new Uint8Array(1), 0, 1);
    expect(() => many.step.expectEnd()).toThrow(corrupt);
    expect(many.window.start).toBeLessThan(100);
  });
});
