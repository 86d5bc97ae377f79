import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { Lzma2Encoder } from "../../../src/compress/lzma2/encode-lzma2.js";
import { sampleContent } from "../../codec/sample-content.js";
import { brokenRepeats, edited, patchwork, periodic, randomBytes } from "./block-content.js";
import { efforts } from "./lzma2-section.js";

/** What is encoded, and where in it the block begins that is. */
const inputs: Readonly<Record<string, readonly [bytes: Uint8Array, start: number]>> = {
  "a few bytes": [sampleContent(40), 0],
  "words, numbers and runs": [sampleContent(150_000), 0],
  "edits, behind what they edit": [edited(240_000), 120_000],
  "broken repeats": [brokenRepeats(100_000, 60), 0],
  "patchwork, behind a part of it": [patchwork(900_000), 77_777],
  "random bytes that come again": [
    new Uint8Array(Buffer.concat([randomBytes(150_000), randomBytes(150_000)])),
    0,
  ],
  "period 300, more than a chunk": [periodic(2 ** 21 + 99_999, 300), 0],
};

/** Digests of what was put out when the encoder was first written. */
const pinned: Readonly<Record<(typeof efforts)[number], Readonly<Record<string, string>>>> = {
  fast: {
    "a few bytes": "a61e46f1b87b4eb9",
    "words, numbers and runs": "c36b5703f1c909e2",
    "edits, behind what they edit": "a8a0074ccf47c251",
    "broken repeats": "fcd446cde99027e6",
    "patchwork, behind a part of it": "157323243de59c95",
    "random bytes that come again": "bb131f3fc6de294d",
    "period 300, more than a chunk": "8a080400849f01f0",
  },
  balanced: {
    "a few bytes": "6f3c041dad3f2ac6",
    "words, numbers and runs": "aabb5b230b0b40dc",
    "edits, behind what they edit": "f6c500b6db892dc0",
    "broken repeats": "df00971b4f85a04d",
    "patchwork, behind a part of it": "4b6c8cf28ca0f6a3",
    "random bytes that come again": "6e50728fb53bdc66",
    "period 300, more than a chunk": "8a080400849f01f0",
  },
  smallest: {
    "a few bytes": "6f3c041dad3f2ac6",
    "words, numbers and runs": "834d1537e7242e4f",
    "edits, behind what they edit": "f1cebf7203f8f9a1",
    "broken repeats": "df00971b4f85a04d",
    "patchwork, behind a part of it": "a1481fd1640fb154",
    "random bytes that come again": "6e50728fb53bdc66",
    "period 300, more than a chunk": "8a080400849f01f0",
  },
};

describe.each(efforts)("effort %s", (effort) => {
  test("makes the same bytes of the same input on every machine and in every release", () => {
    const encoder = new Lzma2Encoder();
    const made = Object.entries(inputs).map(([name, [bytes, start]]) => {
      const block = encoder.encode(bytes.subarray(start), effort, bytes.subarray(0, start));
      return [name, createHash("sha256").update(block).digest("hex").slice(0, 16)];
    });
    expect(Object.fromEntries(made)).toEqual(pinned[effort]);
  });
});
