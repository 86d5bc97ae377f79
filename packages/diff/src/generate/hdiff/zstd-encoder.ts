import { once } from "node:events";
import * as zlib from "node:zlib";
import { PatchError } from "@potassium/core-types";
import type { Effort } from "../../compress/written-codec.js";
import type { EncodedSink, SectionEncoder } from "./section-encoder.js";

/** What is needed of Node's zstd, which the types of Node 20 don't know. */
interface ZstdOfNode {
  readonly createZstdCompress?: (options: {
    params: Record<number, number>;
  }) => zlib.BrotliCompress;
  readonly constants: { readonly ZSTD_c_compressionLevel?: number };
}

const levels: Readonly<Record<Effort, number>> = { fast: 6, balanced: 19, smallest: 22 };

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

  /** @throws `CODEC_UNAVAILABLE` */
  constructor(effort: Effort, sink: EncodedSink) {
    this.#stream = zstdStream(effort);
    this.#written = drain(this.#stream, sink);
    this.#written.catch(() => {});
  }

  async add(block: Uint8Array, last: boolean): Promise<void> {
    const room = this.#stream.write(block);
    if (last) this.#stream.end();
    else if (!room) await Promise.race([once(this.#stream, "drain"), this.#written]);
    if (last) await this.#written;
  }

  close(): void {
    this.#stream.destroy();
  }
}

async function drain(stream: AsyncIterable<Uint8Array>, sink: EncodedSink): Promise<void> {
  for await (const bytes of stream) await sink(bytes);
}

function zstdStream(effort: Effort): zlib.BrotliCompress {
  const { create, level } = zstdOfNode();
  return create({ params: { [level]: levels[effort] } });
}

/** @throws `CODEC_UNAVAILABLE` */
function zstdOfNode() {
  const { createZstdCompress: create, constants } = zlib as unknown as ZstdOfNode;
  const level = constants.ZSTD_c_compressionLevel;
  if (create !== undefined && level !== undefined) return { create, level };
  throw new PatchError(
    "CODEC_UNAVAILABLE",
    `this Node (${process.version}) writes no zstd, 22.15 and newer do: "lzma2" makes smaller patches everywhere`,
  );
}
