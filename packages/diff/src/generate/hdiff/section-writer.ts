import { ByteSink } from "../../encode/byte-sink.js";
import type { MakeEncoder, SectionEncoder } from "./section-encoder.js";
import type { Spool } from "./spool.js";

export interface SectionSettings {
  /** `undefined`: nothing is compressed. */
  readonly makeEncoder: MakeEncoder | undefined;
  /** How much is compressed at a time. */
  readonly blockBytes: number;
  /** Whether so many bytes of a section are few for what was matched of the new file. */
  readonly isRare: (sectionBytes: number) => boolean;
  /** Told how much more of what went in is done with. */
  readonly onDone: (bytes: number) => void;
}

/** One section of a patch: takes its bytes in order, and keeps them, compressed where that makes them fewer. */
export class SectionWriter implements AsyncDisposable {
  /** How many bytes went in. */
  rawBytes = 0;
  readonly #spool: Spool;
  readonly #settings: SectionSettings;
  readonly #pending = new ByteSink();
  #encoder: SectionEncoder | undefined;
  #compressed = false;

  constructor(spool: Spool, settings: SectionSettings) {
    this.#spool = spool;
    this.#settings = settings;
  }

  /** Its size in the patch where it is compressed, else 0. */
  get compressedBytes(): number {
    return this.#compressed ? this.#spool.sizeBytes : 0;
  }

  /** @throws what an encoder throws, `IO_ERROR` */
  async add(bytes: Uint8Array): Promise<void> {
    const { blockBytes } = this.#settings;
    for (let taken = 0; taken < bytes.length; ) {
      // A full block waits for more: the last is to be known as such.
      if (this.#pending.length === blockBytes) await this.#take(false);
      const more = Math.min(bytes.length - taken, blockBytes - this.#pending.length);
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
    const { makeEncoder, blockBytes, isRare, onDone } = this.#settings;
    const rare = isRare(this.rawBytes);
    const block = this.#pending.take();
    this.#encoder ??= makeEncoder?.((bytes) => this.#spool.add(bytes), blockBytes);
    this.#compressed = this.#encoder !== undefined;
    await (this.#encoder?.add(block, last, rare) ?? this.#spool.add(block));
    onDone(block.length);
  }

  /** A section of a single block is stored where compression does not make it smaller. */
  async #takeOnly(): Promise<void> {
    const { makeEncoder, onDone } = this.#settings;
    const raw = this.#pending.take();
    const encoded = new ByteSink();
    this.#encoder = makeEncoder?.(async (bytes) => encoded.put(bytes), raw.length);
    await this.#encoder?.add(raw, true, true);
    this.#compressed = this.#encoder !== undefined && encoded.length < raw.length;
    await this.#spool.add(this.#compressed ? encoded.take() : raw);
    onDone(raw.length);
  }
}
