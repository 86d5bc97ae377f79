import { ByteSink } from "../../encode/byte-sink.js";
import { SectionBuffer } from "./section-buffer.js";
import type { MakeEncoder, SectionEncoder } from "./section-encoder.js";
import type { Spool } from "./spool.js";

export interface SectionSettings {
  /** `undefined`: nothing is compressed. */
  readonly makeEncoder: MakeEncoder | undefined;
  /** How much is compressed at a time. */
  readonly blockBytes: number;
  /** How much of what was before a block its encoder may refer to. */
  readonly historyBytes: number;
  /** Told how much more of what went in is done with. */
  readonly onDone: (bytes: number) => void;
}

/** A section of up to so many blocks is small: it is compressed better, which takes little time beside the rest. */
const blocksOfSmall = 1.25;

/** One section of a patch: takes its bytes in order, and keeps them, compressed where that makes them fewer. */
export class SectionWriter implements AsyncDisposable {
  /** How many bytes went in. */
  rawBytes = 0;
  readonly #spool: Spool;
  readonly #settings: SectionSettings;
  readonly #pending: SectionBuffer;
  #encoder: SectionEncoder | undefined;
  #compressed = false;
  /** Whether more came than a small section has. */
  #isLarge = false;

  constructor(spool: Spool, settings: SectionSettings) {
    this.#spool = spool;
    this.#settings = settings;
    this.#pending = new SectionBuffer(settings.historyBytes);
  }

  /** Its size in the patch where it is compressed, else 0. */
  get compressedBytes(): number {
    return this.#compressed ? this.#spool.sizeBytes : 0;
  }

  /** @throws what an encoder throws, `IO_ERROR` */
  async add(bytes: Uint8Array): Promise<void> {
    const { blockBytes } = this.#settings;
    for (let taken = 0; taken < bytes.length; ) {
      const room = this.#isLarge ? blockBytes : blocksOfSmall * blockBytes;
      // What is full waits for more: a small section is to be known as such, and so is the last block.
      if (this.#pending.length === room) {
        this.#isLarge = true;
        await this.#take(false);
        continue;
      }
      const more = Math.min(bytes.length - taken, room - this.#pending.length);
      this.#pending.put(bytes.subarray(taken, taken + more));
      this.rawBytes += more;
      taken += more;
    }
  }

  /** To be called when all is in. @throws what an encoder throws, `IO_ERROR` */
  async end(): Promise<void> {
    if (this.rawBytes > this.#settings.blockBytes) await this.#take(true);
    else if (this.rawBytes > 0) await this.#takeOnly();
  }

  read(): AsyncIterable<Uint8Array> {
    return this.#spool.read();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#encoder?.close();
    await this.#spool[Symbol.asyncDispose]();
  }

  async #take(last: boolean): Promise<void> {
    const { makeEncoder, blockBytes, onDone } = this.#settings;
    const pending = this.#pending;
    this.#encoder ??= makeEncoder?.((encoded) => this.#spool.add(encoded), blockBytes);
    this.#compressed = this.#encoder !== undefined;
    while (pending.length >= blockBytes || (last && pending.length > 0)) {
      const size = Math.min(blockBytes, pending.length);
      const block = pending.first(size);
      const isLast = last && size === pending.length;
      await (this.#encoder?.add({ ...block, isLast, isSmall: !this.#isLarge }) ??
        this.#spool.add(block.bytes));
      pending.take(size);
      onDone(size);
    }
  }

  /** A section of a single block is stored where compression does not make it smaller. */
  async #takeOnly(): Promise<void> {
    const { makeEncoder, onDone } = this.#settings;
    const size = this.#pending.length;
    const block = this.#pending.first(size);
    const encoded = new ByteSink();
    this.#encoder = makeEncoder?.(async (bytes) => encoded.put(bytes), size);
    await this.#encoder?.add({ ...block, isLast: true, isSmall: true });
    this.#compressed = this.#encoder !== undefined && encoded.length < size;
    await this.#spool.add(this.#compressed ? encoded.take() : block.bytes);
    onDone(size);
  }
}
