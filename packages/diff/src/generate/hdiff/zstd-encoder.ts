import { once } from "node:events";
import * as zlib from "node:zlib";
import { PatchError } from "@potassium/core-types";
import type { Effort } from "../../compress/written-codec.js";
import type { EncodedSink, SectionBlock, SectionEncoder } from "./section-encoder.js";

/** What is needed of Node's zstd, which the types of Node 20 don't know. */
interface ZstdOfNode {
  readonly createZstdCompress?: (options: {
    params: Record<number, number>;
  }) => zlib.BrotliCompress;
  readonly constants: {
    readonly ZSTD_c_compressionLevel?: number;
    readonly ZSTD_c_windowLog?: number;
    readonly ZSTD_c_hashLog?: number;
    readonly ZSTD_c_chainLog?: number;
  };
}

const levels: Readonly<Record<Effort, number>> = { fast: 6, balanced: 19, smallest: 22 };
/**
 * How far back may be referred, as a power of two, which the tables are made for. Those of the levels themselves take up to
 * 650 MB in each of four encoders, and appliers refuse the larger windows.
 */
const windowBits: Readonly<Record<Effort, number>> = { fast: 20, balanced: 20, smallest: 22 };
const leastWindowBits = 10;
/** What one encoder takes: a window, and tables of twelve times its size. In mebibytes. */
export const zstdMebibytes: Readonly<Record<Effort, number>> = {
  fast: 8,
  balanced: 18,
  smallest: 58,
};

/** Whether this Node writes zstd: from 22.15 on. */
export const writesZstd = (): boolean =>
  (zlib as unknown as ZstdOfNode).createZstdCompress !== undefined;

/** Before all work, which might take long. @throws `CODEC_UNAVAILABLE` */
export const expectZstd = (): void => void zstdOfNode();

/** Makes one frame of all blocks, since hpatchz refuses several; Node compresses outside of the main thread. */
export class ZstdEncoder implements SectionEncoder {
  readonly #stream: zlib.BrotliCompress;
  /** What the sink made of the output. */
  readonly #written: Promise<void>;

  /**
   * @param blockBytes - The size of the largest block.
   * @throws `CODEC_UNAVAILABLE`
   */
  constructor(effort: Effort, sink: EncodedSink, blockBytes: number) {
    this.#stream = zstdStream(effort, blockBytes);
    this.#written = drain(this.#stream, sink);
    this.#written.catch(() => {});
  }

  async add({ bytes, isLast }: SectionBlock): Promise<void> {
    // A copy: the stream may not be done with it when there is room for more.
    const room = this.#stream.write(bytes.slice());
    if (isLast) this.#stream.end();
    else if (!room) await Promise.race([once(this.#stream, "drain"), this.#written]);
    if (isLast) await this.#written;
  }

  close(): void {
    this.#stream.destroy();
  }
}

async function drain(stream: AsyncIterable<Uint8Array>, sink: EncodedSink): Promise<void> {
  for await (const bytes of stream) await sink(bytes);
}

function zstdStream(effort: Effort, blockBytes: number): zlib.BrotliCompress {
  const { create, level, window, hash, chain } = zstdOfNode();
  // A block that is smaller than blocks are is all of its section.
  const isOnly = blockBytes < 2 ** 20;
  const most = windowBits[effort];
  const bits = isOnly ? Math.max(leastWindowBits, Math.ceil(Math.log2(blockBytes))) : most;
  return create({
    params: { [level]: levels[effort], [window]: bits, [hash]: bits, [chain]: bits + 1 },
  });
}

/** @throws `CODEC_UNAVAILABLE` */
function zstdOfNode() {
  const { createZstdCompress: create, constants } = zlib as unknown as ZstdOfNode;
  const {
    ZSTD_c_compressionLevel: level,
    ZSTD_c_windowLog: window,
    ZSTD_c_hashLog: hash,
    ZSTD_c_chainLog: chain,
  } = constants;
  const isComplete = level !== undefined && window !== undefined && hash !== undefined;
  if (create !== undefined && isComplete && chain !== undefined) {
    return { create, level, window, hash, chain };
  }
  throw new PatchError(
    "CODEC_UNAVAILABLE",
    `this Node (${process.version}) writes no zstd, 22.15 and newer do: take "lzma2", which every Node writes`,
  );
}
