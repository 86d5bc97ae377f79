import { sectionFrame } from "../../compress/section-frame.js";
import type { BlockCodec, Effort } from "../../compress/written-codec.js";
import type { Crew } from "../../crew/crew.js";
import type { EncodedSink, SectionEncoder } from "./section-encoder.js";

/** How far back a block may refer. It costs time to go through, and gives what cutting up a section took. */
const windows: Readonly<Record<BlockCodec, number>> = { zlib: 2 ** 15, lzma2: 2 ** 20 };

/** How small sections are compressed. */
const effortForSmall: Readonly<Record<Effort, Effort>> = {
  fast: "fast",
  balanced: "smallest",
  smallest: "smallest",
};

/** Has blocks compressed by a crew, several at a time. */
export class BlockEncoder implements SectionEncoder {
  readonly #crew: Crew;
  readonly #codec: BlockCodec;
  readonly #effort: Effort;
  readonly #sink: EncodedSink;
  readonly #tail: Uint8Array;
  #head: Uint8Array | undefined;
  #before = new Uint8Array();
  /** Blocks on their way, in order. */
  readonly #blocks: Promise<Uint8Array>[] = [];

  constructor(
    crew: Crew,
    codec: BlockCodec,
    effort: Effort,
    sink: EncodedSink,
    blockBytes: number,
  ) {
    this.#crew = crew;
    this.#codec = codec;
    this.#effort = effort;
    this.#sink = sink;
    ({ head: this.#head, tail: this.#tail } = sectionFrame(codec, blockBytes + windows[codec]));
  }

  async add(bytes: Uint8Array, last: boolean, isSmall: boolean): Promise<void> {
    if (this.#head !== undefined) await this.#sink(this.#head);
    this.#head = undefined;
    const [codec, before] = [this.#codec, this.#before];
    const effort = isSmall ? effortForSmall[this.#effort] : this.#effort;
    this.#before = lastOf(before, bytes, windows[codec]);
    const block = this.#crew.run({ kind: "compress", codec, effort, bytes, before, last });
    // It is awaited later; what breaks it until then breaks the whole.
    block.catch(() => {});
    this.#blocks.push(block);
    await this.#store(last ? 0 : this.#crew.size);
    if (last) await this.#sink(this.#tail);
  }

  close(): void {}

  async #store(most: number): Promise<void> {
    while (this.#blocks.length > most) {
      await this.#sink(await (this.#blocks.shift() as Promise<Uint8Array>));
    }
  }
}

/** The last `count` bytes of two in a row, in memory of their own. */
function lastOf(one: Uint8Array, other: Uint8Array, count: number): Uint8Array<ArrayBuffer> {
  if (other.length >= count) return other.slice(-count);
  const kept = one.subarray(Math.max(0, one.length + other.length - count));
  const last = new Uint8Array(kept.length + other.length);
  last.set(kept);
  last.set(other, kept.length);
  return last;
}
