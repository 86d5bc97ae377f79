import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  encodeLzma2Block,
  Lzma2Encoder,
  lzma2DictionaryByte,
} from "../../../src/compress/lzma2/encode-lzma2.js";
import { expand } from "../../codec/fixture-section.js";
import { sampleContent } from "../../codec/sample-content.js";
import { contents, edited, patchwork, randomBytes, text } from "./block-content.js";
import { efforts, joined, sectionOf } from "./lzma2-section.js";

const isSame = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0;

/** Repeats, runs and edits, as sections have them. */
const structured = fc
  .array(
    fc.oneof(
      fc.record({ kind: fc.constant("new" as const), bytes: fc.uint8Array({ maxLength: 20 }) }),
      fc.record({
        kind: fc.constant("run" as const),
        byte: fc.nat(255),
        length: fc.integer({ min: 1, max: 700 }),
      }),
      fc.record({
        kind: fc.constant("copy" as const),
        back: fc.nat(3000),
        length: fc.integer({ min: 1, max: 400 }),
        edit: fc.nat(400),
      }),
    ),
    { maxLength: 60 },
  )
  .map((parts) => {
    const bytes: number[] = [];
    for (const part of parts) {
      if (part.kind === "new") bytes.push(...part.bytes);
      else if (part.kind === "run") bytes.push(...Array(part.length).fill(part.byte));
      else {
        for (let index = 0; index < part.length; index += 1) {
          const copied = bytes[bytes.length - 1 - (part.back % (bytes.length + 1))] ?? 0;
          bytes.push(index === part.edit ? copied ^ 1 : copied);
        }
      }
    }
    return Uint8Array.from(bytes);
  });

describe.each(efforts)("encodeLzma2Block(), %s", (effort) => {
  test.each(contents)("%s comes back as it was, and is never much larger", async (_, bytes) => {
    const section = sectionOf(bytes, effort);
    expect(section.length).toBeLessThanOrEqual(bytes.length + bytes.length / 1000 + 64);
    expect(isSame(await expand("lzma2", section, bytes.length), bytes)).toBe(true);
  });

  test("nothing becomes no chunk", () => {
    expect(encodeLzma2Block(new Uint8Array(), effort)).toEqual(new Uint8Array());
  });

  test("any repeats, runs and edits come back as they were", async () => {
    await fc.assert(
      fc.asyncProperty(structured, async (bytes) => {
        if (bytes.length === 0) return true;
        const back = await expand("lzma2", sectionOf(bytes, effort), bytes.length);
        return isSame(back, bytes);
      }),
      { numRuns: 100 },
    );
  });

  test("blocks in a row, stored ones and empty ones among them, make one section", async () => {
    const noise = randomBytes(70_000);
    const blocks = [
      noise,
      sampleContent(9000),
      new Uint8Array(),
      noise,
      text(),
      patchwork(200_000),
    ];
    const section = joined(blocks, (block) => encodeLzma2Block(block, effort));
    const wanted = new Uint8Array(Buffer.concat(blocks));
    expect(isSame(await expand("lzma2", section, wanted.length), wanted)).toBe(true);
  });

  test("blocks that refer to what is before them make one section too, and a smaller one", async () => {
    const whole = edited(240_000);
    const encoder = new Lzma2Encoder();
    const starts = [0, 1, 80_000, 160_000];
    const blocks = starts.map((start, index) => whole.subarray(start, starts[index + 1]));
    const section = joined([whole, ...blocks], (block) =>
      block === whole
        ? new Uint8Array()
        : encoder.encode(block, effort, whole.subarray(0, block.byteOffset - whole.byteOffset)),
    );
    expect(isSame(await expand("lzma2", section, whole.length), whole)).toBe(true);
    const alone = joined(blocks, (block) => encodeLzma2Block(block, effort));
    expect(section.length).toBeLessThan(alone.length * 0.9);
  });

  test("the same bytes become the same block, whatever the encoder did before", () => {
    const encoder = new Lzma2Encoder();
    for (const other of efforts) encoder.encode(patchwork(200_000), other);
    const bytes = edited(60_000);
    expect(isSame(encoder.encode(bytes, effort), encodeLzma2Block(bytes, effort))).toBe(true);
  });
});

test("each effort makes smaller blocks than the one before", () => {
  const bytes = edited(120_000);
  const [fast, balanced, smallest] = efforts.map(
    (effort) => encodeLzma2Block(bytes, effort).length,
  );
  expect(balanced).toBeLessThan((fast as number) * 0.98);
  expect(smallest).toBeLessThan(balanced as number);
});

test("lzma2DictionaryByte() tells the least dictionary that holds a block", () => {
  const sizes = [0, 4096, 4097, 6144, 6145, 2 ** 20, 2 ** 20 + 1, 3 * 2 ** 20, 2 ** 24];
  expect(sizes.map(lzma2DictionaryByte)).toEqual([0, 0, 1, 1, 2, 16, 17, 19, 24]);
});
