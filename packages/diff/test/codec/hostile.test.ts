import { deflateRawSync } from "node:zlib";
import { PatchError } from "@potassium/core-types";
import { describe, expect, test } from "vitest";
import {
  expand,
  fixtureOf,
  longFixtures,
  open,
  smallFixtures,
  type TestCodec,
} from "./fixture-section.js";

const corrupt = expect.objectContaining({ code: "CORRUPT_PATCH", offset: 0 });
const join = (...parts: (Uint8Array | readonly number[])[]): Uint8Array =>
  new Uint8Array(Buffer.concat(parts.map((part) => Uint8Array.from(part))));

describe("a section is refused with CORRUPT_PATCH", () => {
  for (const { name, codec, bytes, content } of smallFixtures) {
    test(`where it is cut, at every byte: ${name}`, async () => {
      for (let length = 0; length < bytes.length; length++) {
        const cut = expand(codec, bytes.subarray(0, length), content.length);
        await expect(cut, `${length} bytes`).rejects.toEqual(corrupt);
      }
    });

    test(`where bytes follow its end: ${name}`, async () => {
      for (const tail of [[0], [1], [255], [0, 0, 0], [66, 90, 104]]) {
        const longer = expand(codec, join(bytes, tail), content.length);
        await expect(longer, `${tail}`).rejects.toEqual(corrupt);
      }
    });

    test(`where it expands to more or less than it should: ${name}`, async () => {
      for (const rawBytes of [1, content.length - 1, content.length + 1, 2 ** 52]) {
        await expect(expand(codec, bytes, rawBytes), `${rawBytes}`).rejects.toEqual(corrupt);
      }
      const section = { maxRawBytes: content.length - 1 };
      if (codec !== "lzma") {
        await expect(expand(codec, bytes, undefined, { section })).rejects.toEqual(corrupt);
      }
    });

    test(`where compressed bytes stand for nothing: ${name}`, async () => {
      await expect(open(codec, bytes, 0)).rejects.toEqual(corrupt);
    });

    test(`where the patch ends inside it: ${name}`, async () => {
      const section = { storedBytes: bytes.length + 1 };
      await expect(expand(codec, bytes, content.length, { section })).rejects.toEqual(corrupt);
    });
  }

  test("where its zlib window byte is none", async () => {
    const { bytes, content } = fixtureOf("small.zlib");
    for (const byte of [0, 7, 0x10, 0x17, 0x20, 0x7f, 0x80, 0xf0, 0xf8, 0xff]) {
      const changed = expand("zlib", join([byte], bytes.subarray(1)), content.length);
      await expect(changed, `${byte}`).rejects.toEqual(corrupt);
    }
  });

  test("where it is thousands of empty deflate streams", async () => {
    const empty = Array.from({ length: 5000 }, () => [3, 0]).flat();
    await expect(expand("zlib", join([0xf1], empty), 1)).rejects.toEqual(corrupt);
  });

  test("where it is thousands of empty bzip2 streams", async () => {
    const empty = Buffer.from("BZh9\x17\x72\x45\x38\x50\x90\0\0\0\0", "latin1");
    const { bytes, content } = fixtureOf("small.bz2");
    const few = join(...Array.from({ length: 15 }, () => empty), bytes);
    expect(await expand("bz2", few, content.length)).toEqual(content);
    const many = join(...Array.from({ length: 17 }, () => empty), bytes);
    await expect(expand("bz2", many, content.length)).rejects.toEqual(corrupt);
  });

  test("where its LZMA end marker comes before its end, whatever follows", async () => {
    const { bytes, content } = fixtureOf("small-marker.lzma");
    for (let zeros = 0; zeros < 12; zeros += 1) {
      for (const more of [1, 2, 5, 50]) {
        const longer = expand("lzma", join(bytes, new Uint8Array(zeros)), content.length + more);
        await expect(longer).rejects.toThrow("the LZMA data end early");
      }
    }
  });

  test("where the CRC of a bzip2 block or of the whole stream is another", async () => {
    const { bytes, content } = fixtureOf("small.bz2");
    const end = bytes.length;
    // The block's stands behind both magics; the stream's is the last whole 32 bits, not byte-aligned.
    for (const at of [10, 11, 12, 13, end - 4, end - 3, end - 2]) {
      const changed = bytes.slice();
      changed[at] = (changed[at] as number) ^ 1;
      await expect(expand("bz2", changed, content.length), `byte ${at}`).rejects.toEqual(corrupt);
    }
  });

  test("where a few bytes expand to far more than they should", async () => {
    // `python3 -c 'import bz2; print(bz2.compress(bytes(45_000_000)).hex())'`
    const bzip2 = Buffer.from(
      "425a6839314159265359c901b6c80158ab4020c00010000008200030cc0529a65248526c5492149e2ee48a70a12192036d90",
      "hex",
    );
    const row = join(...Array.from({ length: 10_000 }, () => bzip2));
    await expect(expand("bz2", row, 1000)).rejects.toEqual(corrupt);
    const section = { maxRawBytes: 1000 };
    await expect(expand("bz2", row, undefined, { section })).rejects.toEqual(corrupt);
    const deflate = join([0xf1], deflateRawSync(new Uint8Array(64 * 1024 * 1024)));
    await expect(expand("zlib", deflate, 1000)).rejects.toEqual(corrupt);
    const repeated = Array.from({ length: 5000 }, () => [2, 0, 16, 0]).flat();
    const zstd = join([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x50], repeated);
    await expect(expand("zstd", zstd, 1000)).rejects.toEqual(corrupt);
  });

  test("where a Zstandard block's sequences claim gigabytes", async () => {
    // One literal, 65,000 sequences of the longest match each, all by tables of one symbol.
    const block = [0x08, 0x61, 0xff, 0xff, 0x7e, 0x54, 0, 0, 52, 1];
    const header = (block.length << 3) | (2 << 1) | 1;
    const frame = join(
      [0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x50],
      [header & 0xff, header >> 8, header >> 16],
      block,
    );
    await expect(expand("zstd", frame, 2 ** 40)).rejects.toEqual(corrupt);
  });

  test("where a Zstandard frame is skippable, needs a dictionary or another follows", async () => {
    const { bytes, content } = fixtureOf("small.zstd");
    const skippable = [0x50, 0x2a, 0x4d, 0x18, 1, 0, 0, 0, 9];
    await expect(expand("zstd", join(skippable, bytes), content.length)).rejects.toEqual(corrupt);
    await expect(expand("zstd", join(bytes, skippable), content.length)).rejects.toEqual(corrupt);
    await expect(expand("zstd", join(bytes, bytes), 2 * content.length)).rejects.toEqual(corrupt);
    const dictionary = join([0x28, 0xb5, 0x2f, 0xfd, 0x01, 0x50, 7, 1, 0, 0]);
    await expect(expand("zstd", dictionary, 1)).rejects.toEqual(corrupt);
  });
});

describe("a window over the limit is refused with TOO_LARGE", () => {
  const tooLarge = expect.objectContaining({ code: "TOO_LARGE" });
  const limits = { maxWindowBytes: 2 ** 17 };

  test("before it is allocated", async () => {
    const lzma = join([5, 0x5d, 0xff, 0xff, 0xff, 0xff], new Uint8Array(9));
    await expect(expand("lzma", lzma, 2 ** 40)).rejects.toEqual(tooLarge);
    await expect(expand("lzma2", join([40, 1, 0, 0, 7]), 2 ** 40)).rejects.toEqual(tooLarge);
    const zstd = join([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x90, 1, 0, 0]);
    await expect(expand("zstd", zstd, 2 ** 40)).rejects.toEqual(tooLarge);
  });

  test("but not where less is really needed", async () => {
    const { bytes, content } = fixtureOf("small.lzma2");
    const larger = join([40], bytes.subarray(1));
    expect(await expand("lzma2", larger, content.length, { limits })).toEqual(content);
  });
});

/** How many changed copies of each fixture are tried. */
const smallRuns = 600;
const longRuns = 25;

describe("changed bytes are refused as a PatchError, or give no more than they may", () => {
  const random = (seed: number) => {
    let state = seed;
    return () => {
      state = (state + 0x6d2b79f5) | 0;
      let value = state;
      value = Math.imul(value ^ (value >>> 15), value | 1);
      value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
      return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
    };
  };

  async function attempt(codec: TestCodec, bytes: Uint8Array, rawBytes: number, seed: number) {
    const next = random(seed);
    const changed = bytes.slice();
    for (let changes = 1 + Math.trunc(next() * 4); changes > 0; changes--) {
      // Headers are near the beginning: half of the changes go there.
      const reach = next() < 0.5 ? Math.min(64, changed.length) : changed.length;
      changed[Math.trunc(next() * reach)] = Math.trunc(next() * 256);
    }
    try {
      const expanded = await expand(codec, changed, rawBytes, {
        most: 1 + Math.trunc(next() * 4000),
      });
      expect(expanded.length).toBe(rawBytes);
    } catch (error) {
      if (!(error instanceof PatchError)) throw error;
      expect(["CORRUPT_PATCH", "TOO_LARGE"]).toContain(error.code);
    }
  }

  for (const [fixtures, runs] of [
    [smallFixtures, smallRuns],
    [longFixtures, longRuns],
  ] as const) {
    for (const { name, codec, bytes, content } of fixtures) {
      test(name, async () => {
        for (let seed = 1; seed <= runs; seed++) {
          await attempt(codec, bytes, content.length, seed).catch((cause: Error) => {
            throw new Error(`seed ${seed}: ${cause.message}`, { cause });
          });
        }
      });
    }
  }
});
