/** What is put at a time at the very most: a carry never goes further back than a chunk's begin. */
const top = 2 ** 24;

/**
 * The range encoder of LZMA. Numbers of 32 bits without a sign stand in a typed array, where they are neither boxed nor
 * turned into others.
 *
 * @see Igor Pavlov's "LZMA specification" (lzma-specification.txt of the LZMA SDK)
 */
export class RangeEncoder {
  /** What was put out; its first byte is 0. */
  readonly bytes: Uint8Array;
  /** How many of `bytes` are put out. */
  at = 0;
  readonly chances: Uint16Array;
  /** The lower end of the range, and its width. */
  readonly #state = new Uint32Array(2);

  constructor(chances: Uint16Array, maxBytes: number) {
    this.chances = chances;
    this.bytes = new Uint8Array(maxBytes);
  }

  begin(): void {
    this.bytes[0] = 0;
    this.at = 1;
    this.#state[0] = 0;
    this.#state[1] = 0xffffffff;
  }

  /** How many bytes there will be after `end()`. */
  get length(): number {
    return this.at + 4;
  }

  end(): void {
    for (let i = 0; i < 4; i += 1) this.#shift();
  }

  /** Puts a bit, whose chance to be 0 stands at `slot`. */
  bit(slot: number, bit: number): void {
    const state = this.#state;
    const chance = this.chances[slot] as number;
    const range = state[1] as number;
    const bound = (range >>> 11) * chance;
    if (bit === 0) {
      state[1] = bound;
      this.chances[slot] = chance + ((2048 - chance) >> 5);
    } else {
      const low = (state[0] as number) + bound;
      state[0] = low;
      if (low > 0xffffffff) this.#carry();
      state[1] = range - bound;
      this.chances[slot] = chance - (chance >> 5);
    }
    if ((state[1] as number) < top) {
      state[1] = (state[1] as number) << 8;
      this.#shift();
    }
  }

  /** Puts the lowest `count` bits of `value`, the highest first, each as likely 0 as 1. */
  directBits(value: number, count: number): void {
    const state = this.#state;
    for (let i = count - 1; i >= 0; i -= 1) {
      const half = (state[1] as number) >>> 1;
      state[1] = half;
      if (((value >>> i) & 1) !== 0) {
        const low = (state[0] as number) + half;
        state[0] = low;
        if (low > 0xffffffff) this.#carry();
      }
      if (half < top) {
        state[1] = half << 8;
        this.#shift();
      }
    }
  }

  /** Puts `bits` bits of `symbol`, the highest first, with the chances of a tree at `tree`. */
  tree(tree: number, symbol: number, bits: number): void {
    let node = 1;
    for (let i = bits - 1; i >= 0; i -= 1) {
      const bit = (symbol >>> i) & 1;
      this.bit(tree + node, bit);
      node = (node << 1) | bit;
    }
  }

  /** The same with the lowest bit first. */
  reverseTree(tree: number, symbol: number, bits: number): void {
    let node = 1;
    for (let i = 0; i < bits; i += 1) {
      const bit = (symbol >>> i) & 1;
      this.bit(tree + node, bit);
      node = (node << 1) | bit;
    }
  }

  #shift(): void {
    const low = this.#state[0] as number;
    this.bytes[this.at++] = low >>> 24;
    this.#state[0] = low << 8;
  }

  #carry(): void {
    const { bytes } = this;
    let at = this.at - 1;
    while (bytes[at] === 0xff) bytes[at--] = 0;
    bytes[at] = (bytes[at] as number) + 1;
  }
}
