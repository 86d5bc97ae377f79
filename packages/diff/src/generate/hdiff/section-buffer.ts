const firstBytes = 2 ** 12;

/** What of a section waits to be compressed, behind the bytes before it that may be referred to. Its memory is used again. */
export class SectionBuffer {
  readonly #historyBytes: number;
  #room = new Uint8Array(firstBytes);
  /** Where in the room the waiting bytes begin; before them is history. */
  #start = 0;
  #end = 0;

  /** @param historyBytes - How much is kept of what is no longer waiting. */
  constructor(historyBytes: number) {
    this.#historyBytes = historyBytes;
  }

  /** How many bytes wait. */
  get length(): number {
    return this.#end - this.#start;
  }

  put(bytes: Uint8Array): void {
    const needed = this.#end + bytes.length;
    if (needed > this.#room.length) {
      const larger = new Uint8Array(Math.max(needed, 2 * this.#room.length));
      larger.set(this.#room.subarray(0, this.#end));
      this.#room = larger;
    }
    this.#room.set(bytes, this.#end);
    this.#end = needed;
  }

  /** The first waiting bytes, and those before them. Valid until more is put or taken. */
  first(count: number): { readonly before: Uint8Array; readonly bytes: Uint8Array } {
    const start = this.#start;
    const before = this.#room.subarray(Math.max(0, start - this.#historyBytes), start);
    return { before, bytes: this.#room.subarray(start, start + count) };
  }

  /** The first waiting bytes wait no longer. */
  take(count: number): void {
    this.#start += count;
    const surplus = this.#start - this.#historyBytes;
    if (surplus <= 0) return;
    this.#room.copyWithin(0, surplus, this.#end);
    this.#start -= surplus;
    this.#end -= surplus;
  }
}
