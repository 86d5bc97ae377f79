/** Bytes that grow at their end. */
export class ByteSink {
  #bytes = new Uint8Array(1024);
  length = 0;

  /** What was put so far; valid until more is. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.length);
  }

  /** Empties it, and hands over what it had. */
  take(): Uint8Array {
    const taken = this.bytes;
    this.#bytes = new Uint8Array(1024);
    this.length = 0;
    return taken;
  }

  /** Empties it and keeps its memory. What `bytes` gave before is void. */
  clear(): void {
    this.length = 0;
  }

  putByte(byte: number): void {
    this.#ensure(1);
    this.#bytes[this.length++] = byte;
  }

  put(bytes: Uint8Array): void {
    this.#ensure(bytes.length);
    this.#bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  /**
   * A packed integer of the HDiffPatch formats, as `readVarint` reads it.
   *
   * @param value - From 0 to 2^53 - 1.
   * @param tag - Stands in the `tagBits` bits above the integer's first group.
   */
  putVarint(value: number, tag: number, tagBits: 0 | 1 | 2): void {
    this.#ensure(9);
    const bytes = this.#bytes;
    const firstBits = 7 - tagBits;
    const tagged = tag << (8 - tagBits);
    let more = 0;
    let unit = 1;
    while (value >= unit * 2 ** firstBits) {
      unit *= 128;
      more += 1;
    }
    const follows = more > 0 ? 1 << firstBits : 0;
    bytes[this.length++] = tagged | follows | Math.floor(value / unit);
    for (; more > 0; more -= 1) {
      unit /= 128;
      bytes[this.length++] = (more > 1 ? 0x80 : 0) | (Math.floor(value / unit) % 128);
    }
  }

  #ensure(more: number): void {
    const needed = this.length + more;
    if (needed <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, 2 * this.#bytes.length));
    larger.set(this.bytes);
    this.#bytes = larger;
  }
}
