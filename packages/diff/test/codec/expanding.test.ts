import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { codecOfType } from "../../src/codec/codec-of-type.js";
import { expand, fixtureOf, longFixtures, smallFixtures } from "./fixture-section.js";

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const join = (...parts: Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

describe("a section expands", () => {
  for (const { name, codec, bytes, content } of [...smallFixtures, ...longFixtures]) {
    test(`to what the real compressor was given: ${name}`, async () => {
      expect(sha256(await expand(codec, bytes, content.length))).toBe(sha256(content));
    });
  }

  for (const { name, codec, bytes, content } of smallFixtures) {
    test(`to the same bytes whatever the sizes of the reads: ${name}`, async () => {
      for (const most of [1, 2, 3, 7, 31, 33, 127]) {
        expect(sha256(await expand(codec, bytes, content.length, { most }))).toBe(sha256(content));
      }
    });
  }

  for (const { name, codec, bytes, content } of longFixtures.filter(
    (each) => each.codec !== "zlib",
  )) {
    test(`to the same bytes from reads of a few bytes: ${name}`, async () => {
      for (const most of [1, 61, 4099]) {
        expect(sha256(await expand(codec, bytes, content.length, { most }))).toBe(sha256(content));
      }
    });
  }

  test("from several bzip2 streams in a row, empty ones too, without a size", async () => {
    const { bytes, content } = fixtureOf("small.bz2");
    const empty = Uint8Array.from([
      0x42, 0x5a, 0x68, 0x39, 0x17, 0x72, 0x45, 0x38, 0x50, 0x90, 0, 0, 0, 0,
    ]);
    expect(await expand("bz2", empty, undefined)).toEqual(new Uint8Array(0));
    const rows = join(bytes, empty, bytes);
    for (const most of [1, 5000]) {
      expect(await expand("bz2", rows, undefined, { most })).toEqual(join(content, content));
    }
  });

  test("from several raw deflate streams in a row", async () => {
    const { bytes, content } = fixtureOf("small.zlib");
    const rows = join(bytes, bytes.subarray(1), bytes.subarray(1));
    for (const most of [1, bytes.length, 100_000]) {
      const expanded = await expand("zlib", rows, 3 * content.length, { most });
      expect(sha256(expanded)).toBe(sha256(join(content, content, content)));
    }
  });

  test("to nothing where it has no bytes, whatever its codec", async () => {
    for (const codec of ["stored", "zlib", "bz2", "lzma", "lzma2", "zstd"] as const) {
      expect(await expand(codec, new Uint8Array(0), 0)).toEqual(new Uint8Array(0));
    }
  });
});

describe("codecOfType()", () => {
  test("knows all names that hpatchz reads", () => {
    const types = ["", "zlib", "pzlib", "bz2", "bzip2", "pbz2", "pbzip2", "lzma", "lzma2", "zstd"];
    expect(types.map(codecOfType).join(" ")).toBe(
      "stored zlib zlib bz2 bz2 bz2 bz2 lzma lzma2 zstd",
    );
  });

  test("refuses others, by name, with UNSUPPORTED_FORMAT", () => {
    for (const type of ["lz4", "ZLIB", "brotli", "zzzz"]) {
      expect(() => codecOfType(type)).toThrow(
        expect.objectContaining({
          code: "UNSUPPORTED_FORMAT",
          message: expect.stringContaining(type),
        }),
      );
    }
  });
});
