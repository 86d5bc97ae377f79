import zlib from "node:zlib";
import { PatchError } from "@potassium/core-types";
import type { PatchLimits } from "../../patch-limits.js";
import type { ByteInput } from "../byte-input.js";
import type { ChunkStream } from "../chunk-stream.js";
import { type Inflater, inflaterOptions, NodeTransform } from "../node-transform.js";
import type { Section } from "../section.js";
import { FrameBlocks } from "./frame-blocks.js";
import { type FrameHeader, readFrameHeader } from "./frame-header.js";

/** `ZSTD_d_windowLogMax`. Its number is part of Zstandard's stable interface. */
const windowLogMax = 100;

/** What a Node from 22.15 on has. */
interface ZlibWithZstd {
  readonly createZstdDecompress?: (options: {
    readonly chunkSize: number;
    readonly highWaterMark: number;
    readonly params: Readonly<Record<number, number>>;
  }) => Inflater;
}

/** One Zstandard frame, expanded by Node. We walk through its blocks ourselves, so that its end is exact. */
export class NodeZstdStream implements ChunkStream {
  readonly #input: ByteInput;
  readonly #section: Section;
  readonly #limits: PatchLimits;
  #inflater: NodeTransform | undefined;
  #blocks: FrameBlocks | undefined;
  /** What follows the last block has been taken. */
  #checked = false;
  #ended = false;

  constructor(input: ByteInput, section: Section, limits: PatchLimits) {
    this.#input = input;
    this.#section = section;
    this.#limits = limits;
  }

  async next(): Promise<Uint8Array | undefined> {
    for (;;) {
      if (this.#ended) return undefined;
      const inflater = this.#inflater ?? (await this.#begin());
      const pulled = await inflater.pull().catch((cause: Error) => {
        throw this.#input.corrupt(`a Zstandard block is broken (${cause.message})`, cause);
      });
      switch (pulled.state) {
        case "bytes":
          return pulled.bytes;
        case "hungry":
          await this.#feed(inflater);
          break;
        case "ended":
          this.#ended = true;
          break;
        default:
          pulled satisfies never;
      }
    }
  }

  async close(): Promise<void> {
    this.#ended = true;
    this.#inflater?.close();
  }

  async #begin(): Promise<NodeTransform> {
    const header = await readFrameHeader(this.#input, this.#section, this.#limits);
    this.#blocks = new FrameBlocks(this.#input, header);
    this.#inflater = new NodeTransform(createInflater(header));
    this.#inflater.feed(header.bytes);
    return this.#inflater;
  }

  async #feed(inflater: NodeTransform): Promise<void> {
    const input = this.#input;
    const block = await this.#blocks?.next();
    if (block !== undefined) {
      inflater.feed(input.buffer.subarray(block.start - 3, block.end));
      return;
    }
    const checksum = this.#checked ? undefined : await this.#blocks?.end();
    this.#checked = true;
    if (checksum !== undefined && checksum.length > 0) inflater.feed(checksum);
    else inflater.finish();
  }
}

function createInflater(header: FrameHeader): Inflater {
  const { createZstdDecompress } = zlib as ZlibWithZstd;
  if (createZstdDecompress === undefined) {
    throw new PatchError(
      "CODEC_UNAVAILABLE",
      "this Node has no Zstandard of its own: it comes with Node 22.15 and later",
    );
  }
  const log = Math.ceil(Math.log2(Math.max(header.windowBytes, 1024)));
  return createZstdDecompress({ ...inflaterOptions, params: { [windowLogMax]: log } });
}
