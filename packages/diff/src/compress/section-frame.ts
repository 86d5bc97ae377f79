import { lzma2DictionaryByte, lzma2End } from "./lzma2/encode-lzma2.js";
import type { BlockCodec } from "./written-codec.js";

/** What stands around the blocks of a compressed section. */
export interface SectionFrame {
  readonly head: Uint8Array;
  readonly tail: Uint8Array;
}

const nothing = new Uint8Array();
/** Raw deflate with a window of 2^15 bytes, as hdiffz writes it. */
const deflateWindow = Uint8Array.of(0xf1);

/** How far back a block may refer. It costs time to go through, and gives what cutting up a section took. */
const windows: Readonly<Record<BlockCodec, number>> = { zlib: 2 ** 15, lzma2: 2 ** 20 };

export const compressionWindow = (codec: BlockCodec): number => windows[codec];

/** @param windowBytes - How far back what is compressed may refer. */
export function sectionFrame(codec: BlockCodec, windowBytes: number): SectionFrame {
  switch (codec) {
    case "zlib":
      return { head: deflateWindow, tail: nothing };
    case "lzma2":
      return {
        head: Uint8Array.of(lzma2DictionaryByte(windowBytes)),
        tail: Uint8Array.of(lzma2End),
      };
    default:
      return codec satisfies never;
  }
}
