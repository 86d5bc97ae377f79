/** The longest code that a table answers at one look. */
const fastBits = 10;
/** The longest code that there is. */
export const longestCode = 20;
const mostSymbols = 258;

/** The decoding tables of one of a block's Huffman codes; used again for the next block. */
export class HuffmanTable {
  /** By the next `fastBits` bits: the symbol << 5 | the code's length; 0 for a longer code. */
  readonly fast = new Uint16Array(1 << fastBits);
  /** By length: the first value, left-aligned to 20 bits, that is no code of this length or less. */
  readonly limit = new Int32Array(longestCode + 2);
  /** By length: what to add to a code to get its place in `symbols`. */
  readonly base = new Int32Array(longestCode + 2);
  readonly symbols = new Uint16Array(mostSymbols);
  readonly #counts = new Int32Array(longestCode + 2);

  /**
   * Builds the tables from the lengths of the first `size` symbols, 1 to 20 each.
   *
   * @returns false where no code has such lengths
   */
  build(lengths: Uint8Array, size: number): boolean {
    const counts = this.#counts.fill(0);
    for (let symbol = 0; symbol < size; symbol++) {
      const length = lengths[symbol] as number;
      counts[length] = (counts[length] as number) + 1;
    }
    let code = 0;
    let place = 0;
    const { base, limit, symbols, fast } = this;
    fast.fill(0);
    for (let length = 1; length <= longestCode; length++) {
      base[length] = place - code;
      for (let symbol = 0; symbol < size; symbol++) {
        if (lengths[symbol] !== length) continue;
        symbols[place++] = symbol;
        if (length <= fastBits) {
          const from = code << (fastBits - length);
          fast.fill((symbol << 5) | length, from, from + (1 << (fastBits - length)));
        }
        code += 1;
      }
      if (code > 1 << length) return false;
      limit[length] = code << (longestCode - length);
      code <<= 1;
    }
    return true;
  }
}
