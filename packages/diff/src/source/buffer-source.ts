import type { ByteSource } from "./byte-source.js";

/** Bytes in memory. They must not change while they are read. */
export class BufferSource implements ByteSource {
  readonly sizeBytes: number;
  readonly #bytes: Uint8Array;

  constructor(
    readonly name: string,
    bytes: Uint8Array,
  ) {
    this.#bytes = bytes;
    this.sizeBytes = bytes.length;
  }

  async read(position: number, target: Uint8Array): Promise<number> {
    const found = this.#bytes.subarray(position, position + target.length);
    target.set(found);
    return found.length;
  }
}
