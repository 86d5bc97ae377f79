import type { PatchLimits } from "../../patch-limits.js";
import type { ByteInput } from "../byte-input.js";
import type { ChunkStream } from "../chunk-stream.js";
import type { Section } from "../section.js";
import { BlockLiterals } from "./block-literals.js";
import { BlockSequences } from "./block-sequences.js";
import { type FrameBlock, FrameBlocks } from "./frame-blocks.js";
import { type FrameHeader, readFrameHeader } from "./frame-header.js";
import { OutputWindow } from "./output-window.js";

/**
 * One Zstandard frame, expanded here. A checksum behind it, which hdiffz never writes, is not looked at.
 *
 * Why not a package: those that need no native code trust their input; a dozen bytes of sequences that claim
 * gigabytes keep them busy for minutes.
 *
 * @see RFC 8878
 */
export class OwnZstdStream implements ChunkStream {
  readonly #input: ByteInput;
  readonly #section: Section;
  readonly #limits: PatchLimits;
  #frame: Frame | undefined;

  constructor(input: ByteInput, section: Section, limits: PatchLimits) {
    this.#input = input;
    this.#section = section;
    this.#limits = limits;
  }

  async next(): Promise<Uint8Array | undefined> {
    this.#frame ??= new Frame(
      this.#input,
      await readFrameHeader(this.#input, this.#section, this.#limits),
      this.#section.rawBytes,
    );
    return this.#frame.next();
  }

  async close(): Promise<void> {
    this.#frame = undefined;
  }
}

class Frame {
  readonly #input: ByteInput;
  readonly #header: FrameHeader;
  readonly #blocks: FrameBlocks;
  readonly #literals = new BlockLiterals();
  readonly #sequences = new BlockSequences();
  readonly #window: OutputWindow;
  #outputBytes = 0;

  constructor(input: ByteInput, header: FrameHeader, rawBytes: number | undefined) {
    this.#input = input;
    this.#header = header;
    this.#blocks = new FrameBlocks(input, header);
    const needed = Math.min(header.windowBytes, rawBytes ?? header.windowBytes);
    this.#window = new OutputWindow(needed);
  }

  async next(): Promise<Uint8Array | undefined> {
    for (;;) {
      const block = await this.#blocks.next();
      if (block === undefined) {
        await this.#blocks.end();
        const { contentBytes } = this.#header;
        if (contentBytes !== undefined && contentBytes !== this.#outputBytes) {
          throw this.#input.corrupt("the Zstandard frame hasn't the size that it tells");
        }
        return undefined;
      }
      const window = this.#window;
      window.makeRoom();
      const from = window.at;
      if (!this.#expand(block)) throw this.#input.corrupt("a Zstandard block is broken");
      this.#outputBytes += window.at - from;
      if (window.at > from) return window.buffer.subarray(from, window.at);
    }
  }

  #expand(block: FrameBlock): boolean {
    const { buffer } = this.#input;
    const window = this.#window;
    switch (block.kind) {
      case "raw":
        window.buffer.set(buffer.subarray(block.start, block.end), window.at);
        window.at += block.size;
        return true;
      case "repeated":
        window.buffer.fill(buffer[block.start] as number, window.at, window.at + block.size);
        window.at += block.size;
        return true;
      case "compressed": {
        const most = this.#header.blockBytes;
        const literals = this.#literals;
        const at = literals.read(buffer, block.start, block.end, most);
        return (
          at !== undefined && this.#sequences.run(buffer, at, block.end, literals, window, most)
        );
      }
      default:
        return block.kind satisfies never;
    }
  }
}
