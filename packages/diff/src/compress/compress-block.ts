import { constants, deflateRawSync } from "node:zlib";
import { Lzma2Encoder } from "./lzma2/encode-lzma2.js";
import type { BlockCodec, Effort } from "./written-codec.js";

/** A part of a section, to be compressed by itself; the parts one behind the other are the section. */
export interface Block {
  readonly codec: BlockCodec;
  readonly effort: Effort;
  readonly bytes: Uint8Array;
  /** The section's bytes before it, as far as the codec may refer to them. */
  readonly before: Uint8Array;
  /** Whether it is the section's last. */
  readonly last: boolean;
}

const zlibLevels: Readonly<Record<Effort, number>> = { fast: 6, balanced: 9, smallest: 9 };

/** One a thread, which does one block after the other. */
let lzma2: Lzma2Encoder | undefined;

export function compressBlock(block: Block): Uint8Array {
  const { codec, effort, bytes } = block;
  switch (codec) {
    case "lzma2":
      lzma2 ??= new Lzma2Encoder();
      return lzma2.encode(bytes, effort, block.before);
    case "zlib":
      // A copy: from Node 26 on, what zlib gives can't be handed to another thread.
      return Uint8Array.from(
        deflateRawSync(bytes, {
          level: zlibLevels[effort],
          memLevel: 9,
          ...(block.before.length > 0 ? { dictionary: block.before } : {}),
          finishFlush: block.last ? constants.Z_FINISH : constants.Z_SYNC_FLUSH,
        }),
      );
    default:
      return codec satisfies never;
  }
}
