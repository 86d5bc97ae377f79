import { PatchError } from "@potassium/core-types";

/** A new file in memory. It grows with what really comes. */
export class NewBuffer {
  readonly #newBytes: number;
  #buffer = new Uint8Array(0);
  #end = 0;

  /** @param newBytes - How many there will be: the end of growing, no reason to begin with as much. */
  constructor(newBytes: number) {
    this.#newBytes = newBytes;
  }

  /** @throws `TOO_LARGE` where there is not so much memory */
  add(bytes: Uint8Array): void {
    const end = this.#end + bytes.length;
    if (end > this.#buffer.length)
      this.#grow(Math.min(this.#newBytes, Math.max(end, 2 * this.#end)));
    this.#buffer.set(bytes, this.#end);
    this.#end = end;
  }

  /** What came. The room is no larger, once all has come. */
  bytes(): Uint8Array {
    return this.#buffer.subarray(0, this.#end);
  }

  #grow(size: number): void {
    try {
      const larger = new Uint8Array(size);
      larger.set(this.#buffer);
      this.#buffer = larger;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new PatchError(
        "TOO_LARGE",
        `the patch makes ${this.#newBytes} bytes, for which there is not enough memory: apply it to files`,
        { cause: error },
      );
    }
  }
}
