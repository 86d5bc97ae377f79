import {
  encodeLzma2Block,
  type Lzma2Effort,
  lzma2DictionaryByte,
  lzma2End,
} from "../../../src/compress/lzma2/encode-lzma2.js";

export const efforts = ["fast", "balanced", "smallest"] as const satisfies Lzma2Effort[];

/** Blocks in a row, as a whole section. */
export function joined(
  blocks: readonly Uint8Array[],
  encode: (block: Uint8Array) => Uint8Array,
): Uint8Array {
  const longest = Math.max(0, ...blocks.map((block) => block.length));
  return new Uint8Array(
    Buffer.concat([
      Uint8Array.of(lzma2DictionaryByte(longest)),
      ...blocks.map(encode),
      Uint8Array.of(lzma2End),
    ]),
  );
}

/** One block as a whole section. */
export const sectionOf = (bytes: Uint8Array, effort: Lzma2Effort): Uint8Array =>
  joined([bytes], (block) => encodeLzma2Block(block, effort));
