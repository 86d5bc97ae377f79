import { copyBytes } from "./copy-bytes.js";
import type { OldBytes } from "./old-bytes.js";

/** An old file that is in memory already. */
export class OldBuffer implements OldBytes {
  readonly sizeBytes: number;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.sizeBytes = bytes.length;
  }

  copy(position: number, target: Uint8Array, at: number, count: number): number {
    copyBytes(this.#bytes, position, target, at, count);
    return count;
  }

  async load(): Promise<void> {}
}
