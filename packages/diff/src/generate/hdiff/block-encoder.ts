import { compressionWindow, sectionFrame } from "../../compress/section-frame.js";
import type { BlockCodec, Effort } from "../../compress/written-codec.js";
import type { Crew } from "../../crew/crew.js";
import type { BlockRooms } from "./block-rooms.js";
import type { EncodedSink, SectionBlock, SectionEncoder } from "./section-encoder.js";

/** How small sections are compressed. */
const effortForSmall: Readonly<Record<Effort, Effort>> = {
  fast: "fast",
  balanced: "smallest",
  smallest: "smallest",
};

/** What all sections of a patch have in common. */
export interface BlockCompression {
  readonly crew: Crew;
  readonly rooms: BlockRooms;
  readonly codec: BlockCodec;
  readonly effort: Effort;
}

/** Has blocks compressed by a crew, several at a time. */
export class BlockEncoder implements SectionEncoder {
  readonly #shared: BlockCompression;
  readonly #sink: EncodedSink;
  readonly #frame: { readonly head: Uint8Array; readonly tail: Uint8Array };
  /** All that is on its way, up to the last block that came. */
  #stored: Promise<void>;

  constructor(shared: BlockCompression, sink: EncodedSink, blockBytes: number) {
    this.#shared = shared;
    this.#sink = sink;
    const { codec } = shared;
    this.#frame = sectionFrame(codec, blockBytes + compressionWindow(codec));
    this.#stored = sink(this.#frame.head);
    this.#stored.catch(() => {});
  }

  async add({ before, bytes, isLast, isSmall }: SectionBlock): Promise<void> {
    const { rooms, crew, codec, effort } = this.#shared;
    const room = await rooms.take();
    const view = new Uint8Array(room);
    view.set(before);
    view.set(bytes, before.length);
    const compressed = crew.run({
      ...{ kind: "compress", codec, last: isLast, room },
      effort: isSmall ? effortForSmall[effort] : effort,
      ...{ beforeBytes: before.length, blockBytes: bytes.length },
    });
    // Stored as soon as it may be, for its room's sake. What breaks it breaks the whole.
    this.#stored = this.#store(this.#stored, compressed);
    this.#stored.catch((reason) => rooms.fail(reason));
    if (!isLast) return;
    await this.#stored;
    await this.#sink(this.#frame.tail);
  }

  close(): void {}

  async #store(
    earlier: Promise<void>,
    compressed: Promise<{ readonly room: ArrayBuffer; readonly codedBytes: number }>,
  ): Promise<void> {
    // Should both break, the second is nobody's any more.
    compressed.catch(() => {});
    await earlier;
    const { room, codedBytes } = await compressed;
    await this.#sink(new Uint8Array(room, 0, codedBytes));
    this.#shared.rooms.give(room);
  }
}
