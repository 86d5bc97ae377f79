import { mostBlockBytes } from "./frame-header.js";

/** How much more than the window is held, so that it needs not be moved for each block. */
const leastSlack = 8 * mostBlockBytes;

/** The last output, in one piece: a whole block is written behind it without a look at the end. It grows as output comes. */
export class OutputWindow {
  buffer = new Uint8Array(2 * mostBlockBytes);
  /** Behind the last byte of output. */
  at = 0;
  readonly #windowBytes: number;

  constructor(windowBytes: number) {
    this.#windowBytes = windowBytes;
  }

  /** Makes room for a block behind `at`. Only then may earlier output move. */
  makeRoom(): void {
    const { at, buffer } = this;
    if (at + mostBlockBytes <= buffer.length) return;
    const largest = this.#windowBytes + Math.max(leastSlack, this.#windowBytes >> 1);
    if (buffer.length < largest) {
      this.buffer = new Uint8Array(Math.min(largest, buffer.length * 2));
      this.buffer.set(buffer.subarray(0, at));
      // The last growth may be by less than a block.
      this.makeRoom();
      return;
    }
    buffer.copyWithin(0, at - this.#windowBytes, at);
    this.at = this.#windowBytes;
  }
}
