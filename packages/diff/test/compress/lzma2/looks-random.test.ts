import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { type Lzma2Effort, Lzma2Encoder } from "../../../src/compress/lzma2/encode-lzma2.js";
import { expand } from "../../codec/fixture-section.js";
import { efforts, joined } from "./lzma2-section.js";

const size = 2 ** 20;

/** The compressed size, after what comes out again was compared, and how many steps it took. */
async function compressed(bytes: Uint8Array, effort: Lzma2Effort) {
  const encoder = new Lzma2Encoder();
  const packed = encoder.encode(bytes, effort);
  const section = joined([bytes], () => packed);
  expect(Buffer.compare(await expand("lzma2", section, bytes.length), bytes)).toBe(0);
  return { packedBytes: packed.length, steps: encoder.steps };
}

describe.each(efforts)("with the effort %s", (effort) => {
  test("random bytes are stored, with hardly any work", async () => {
    const { packedBytes, steps } = await compressed(randomBytes(size), effort);
    expect(packedBytes).toBeLessThan(size * 1.001);
    expect(steps).toBeLessThan(size / 10);
  });

  test("random bytes that come again are not taken for random", async () => {
    const once = randomBytes(150_000);
    const bytes = Buffer.concat([once, once, once, once]);
    expect((await compressed(bytes, effort)).packedBytes).toBeLessThan(once.length * 1.4);
  });

  test("what stands between random bytes is compressed", async () => {
    const text = Buffer.from("the quick brown fox jumps over the lazy dog. ".repeat(3000));
    const bytes = Buffer.concat([randomBytes(200_000), text, randomBytes(100_001), text]);
    expect((await compressed(bytes, effort)).packedBytes).toBeLessThan(340_000);
  });
});
