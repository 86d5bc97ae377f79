/** Follows a linked block and expands its runs: four equal bytes are followed by a count of more. */
export class BlockText {
  #entries = new Int32Array(0);
  #next = 0;
  #left = 0;
  /** The byte before, and how often it came in a row. */
  #last = -1;
  #same = 0;
  /** How many of `#last` are still to be written. */
  #repeats = 0;

  begin(entries: Int32Array<ArrayBuffer>, count: number, origin: number): void {
    this.#entries = entries;
    this.#next = (entries[origin] as number) >>> 8;
    this.#left = count;
    this.#last = -1;
    this.#same = 0;
    this.#repeats = 0;
  }

  /** The whole block has been read. */
  get ended(): boolean {
    return this.#left === 0 && this.#repeats === 0;
  }

  /** Writes on into `target`, from its start. Returns how many bytes came: fewer than fit at the end only. */
  read(target: Uint8Array): number {
    const entries = this.#entries;
    const size = target.length;
    let next = this.#next;
    let left = this.#left;
    let last = this.#last;
    let same = this.#same;
    let repeats = this.#repeats;
    let at = 0;
    for (;;) {
      if (repeats > 0) {
        const count = Math.min(repeats, size - at);
        target.fill(last, at, at + count);
        at += count;
        repeats -= count;
      }
      if (left === 0 || at === size) break;
      const entry = entries[next] as number;
      const byte = entry & 0xff;
      next = entry >>> 8;
      left -= 1;
      if (same === 4) {
        repeats = byte;
        same = 0;
        continue;
      }
      if (byte === last) {
        same += 1;
      } else {
        last = byte;
        same = 1;
      }
      target[at++] = byte;
    }
    this.#next = next;
    this.#left = left;
    this.#last = last;
    this.#same = same;
    this.#repeats = repeats;
    return at;
  }
}
