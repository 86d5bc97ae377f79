import { describe, expect, test } from "vitest";
import { expand } from "./fixture-section.js";
import { type ChunkType, chunkTypes, Lzma2Writer } from "./lzma2-writer.js";
import { sampleContent } from "./sample-content.js";

/**
 * Every order of up to three chunks that liblzma 5.4 expands to what went in, found by trying all of them with
 * Python 3.11: `lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=[{"id": lzma.FILTER_LZMA2, "dict_size": 65536}])`.
 */
const expanded = new Set(
  `01, 01 01, 01 01 01, 01 01 02, 01 01 c0, 01 01 e0, 01 02, 01 02 01, 01 02 02, 01 02 c0, 01 02 e0,
  01 c0, 01 c0 01, 01 c0 02, 01 c0 80, 01 c0 a0, 01 c0 c0, 01 c0 e0,
  01 e0, 01 e0 01, 01 e0 02, 01 e0 80, 01 e0 a0, 01 e0 c0, 01 e0 e0,
  e0, e0 01, e0 01 01, e0 01 02, e0 01 c0, e0 01 e0,
  e0 02, e0 02 01, e0 02 02, e0 02 80, e0 02 a0, e0 02 c0, e0 02 e0,
  e0 80, e0 80 01, e0 80 02, e0 80 80, e0 80 a0, e0 80 c0, e0 80 e0,
  e0 a0, e0 a0 01, e0 a0 02, e0 a0 80, e0 a0 a0, e0 a0 c0, e0 a0 e0,
  e0 c0, e0 c0 01, e0 c0 02, e0 c0 80, e0 c0 a0, e0 c0 c0, e0 c0 e0,
  e0 e0, e0 e0 01, e0 e0 02, e0 e0 80, e0 e0 a0, e0 e0 c0, e0 e0 e0`.split(/,\s+/),
);

const nameOf = (types: readonly ChunkType[]) =>
  types.map((type) => type.toString(16).padStart(2, "0")).join(" ");

const orders = [1, 2, 3].flatMap((length) =>
  Array.from({ length: chunkTypes.length ** length }, (_, number) =>
    Array.from(
      { length },
      (_, place) => chunkTypes[Math.trunc(number / 6 ** place) % chunkTypes.length] as ChunkType,
    ),
  ),
);

const content = sampleContent(1000);

/** Chunks of different sizes, so that each begins at another position modulo 4. */
function sectionOf(types: readonly ChunkType[]): { bytes: Uint8Array; wanted: Uint8Array } {
  const writer = new Lzma2Writer();
  let end = 0;
  for (const type of types) {
    const size = 151 + (end % 7);
    writer.add(type, content.subarray(end, end + size));
    end += size;
  }
  return { bytes: writer.end(), wanted: content.subarray(0, end) };
}

describe("LZMA2 chunks", () => {
  test("are read in every order that liblzma reads, and refused in every other", async () => {
    for (const types of orders) {
      const { bytes, wanted } = sectionOf(types);
      const call = expand("lzma2", bytes, wanted.length);
      if (expanded.has(nameOf(types))) expect(await call, nameOf(types)).toEqual(wanted);
      else await expect(call, nameOf(types)).rejects.toMatchObject({ code: "CORRUPT_PATCH" });
    }
  });

  test("go on behind stored ones with the state from before them, as hdiffz writes", async () => {
    const { bytes, wanted } = sectionOf([0xe0, 0x80, 0x02, 0x02, 0x80]);
    expect(await expand("lzma2", bytes, wanted.length)).toEqual(wanted);
  });
});
