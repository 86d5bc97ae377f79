import type { BitReader } from "./bit-reader.js";
import type { BlockHeader } from "./block-header.js";
import { type HuffmanTable, longestCode } from "./huffman-table.js";

const groupSymbols = 50;
/** How much input a group of symbols takes at the very most, with some to spare. */
export const longestGroupBytes = 136;
const firstEntries = 64 * 1024;
/** From this place on in the list of recent bytes, moving them one by one is slower than a call. */
const farPlace = 24;

/**
 * Reads the symbols of a block into `entries`, and links those to the order of the text.
 *
 * An entry's low 8 bits are a byte of the sorted block; after `link` the upper 24 are the place of the next.
 */
export class BlockSymbols {
  entries = new Int32Array(0);
  count = 0;
  readonly #recent = new Uint8Array(256);
  readonly #counts = new Int32Array(256);
  #limit = 0;
  #group = 0;
  #run = 0;
  #runBit = 0;

  /** Begins a block of at most `limit` bytes. */
  begin(header: BlockHeader, limit: number): void {
    this.#recent.set(header.bytes);
    this.#counts.fill(0);
    this.#limit = limit;
    this.count = 0;
    this.#group = 0;
    this.#run = 0;
    this.#runBit = 0;
  }

  /**
   * Reads on, as far as the input reaches.
   *
   * @returns true at the block's end, false where more input is needed
   * @throws `CORRUPT_PATCH`
   */
  read(bits: BitReader, header: BlockHeader): boolean {
    const { input } = bits;
    const { buffer } = input;
    const recent = this.#recent;
    const counts = this.#counts;
    const endSymbol = header.byteCount + 1;
    // At the end of the input a group may begin in the padding: that much may be held in bits.
    const lastStart = input.complete ? input.end + 4 : input.end - longestGroupBytes;
    let { start } = input;
    let { value, count: held } = bits;
    let entries = this.entries;
    let count = this.count;
    let room = Math.min(entries.length, this.#limit);
    let run = this.#run;
    let runBit = this.#runBit;

    while (start <= lastStart) {
      if (this.#group >= header.selectorCount) {
        throw input.corrupt("a bzip2 block has more symbols than selectors for them");
      }
      const table = header.tables[header.selectors[this.#group++] as number] as HuffmanTable;
      const { fast } = table;
      for (let left = groupSymbols; left > 0; left--) {
        if (held < 16) {
          value = (value << 16) | ((buffer[start] as number) << 8) | (buffer[start + 1] as number);
          start += 2;
          held += 16;
        }
        const entry = fast[(value >>> (held - 10)) & 0x3ff] as number;
        let symbol = entry >>> 5;
        if (entry !== 0) {
          held -= entry & 31;
        } else {
          if (held < longestCode) {
            value = (value << 8) | (buffer[start++] as number);
            held += 8;
          }
          const code = (value >>> (held - longestCode)) & 0xfffff;
          let length = 11;
          while (length <= longestCode && code >= (table.limit[length] as number)) length++;
          if (length > longestCode) throw input.corrupt("a bzip2 block has an unknown code");
          const place = (code >>> (longestCode - length)) + (table.base[length] as number);
          symbol = table.symbols[place] as number;
          held -= length;
        }

        if (symbol <= 1) {
          if (runBit > 20) throw input.corrupt("a bzip2 block has too long a run");
          run += (symbol + 1) << runBit++;
          continue;
        }
        if (run > 0) {
          if (run > room - count) {
            entries = this.#grow(entries, count, run, bits);
            room = Math.min(entries.length, this.#limit);
          }
          const byte = recent[0] as number;
          counts[byte] = (counts[byte] as number) + run;
          entries.fill(byte, count, count + run);
          count += run;
          run = 0;
          runBit = 0;
        }
        if (symbol === endSymbol) {
          input.start = start;
          bits.value = value;
          bits.count = held;
          this.count = count;
          bits.expectNotBehindEnd();
          return true;
        }
        if (count >= room) {
          entries = this.#grow(entries, count, 1, bits);
          room = Math.min(entries.length, this.#limit);
        }
        let place = symbol - 1;
        const byte = recent[place] as number;
        if (place < farPlace) {
          for (; place > 0; place--) recent[place] = recent[place - 1] as number;
        } else {
          recent.copyWithin(1, 0, place);
        }
        recent[0] = byte;
        entries[count++] = byte;
        counts[byte] = (counts[byte] as number) + 1;
      }
    }
    input.start = start;
    bits.value = value;
    bits.count = held;
    this.count = count;
    this.#run = run;
    this.#runBit = runBit;
    bits.expectNotBehindEnd();
    return false;
  }

  /** Links the entries, so that following them from `origin` on tells the text. */
  link(): void {
    const { entries, count } = this;
    const next = this.#counts;
    let sum = 0;
    for (let byte = 0; byte < 256; byte++) {
      const bytes = next[byte] as number;
      next[byte] = sum;
      sum += bytes;
    }
    for (let index = 0; index < count; index++) {
      const byte = (entries[index] as number) & 0xff;
      const place = next[byte] as number;
      next[byte] = place + 1;
      entries[place] = (entries[place] as number) | (index << 8);
    }
  }

  /** Makes room for `more` entries: by what really comes, not by what the block may hold. */
  #grow(
    entries: Int32Array,
    count: number,
    more: number,
    bits: BitReader,
  ): Int32Array<ArrayBuffer> {
    if (count + more > this.#limit) throw bits.input.corrupt("a bzip2 block is too long");
    let size = Math.max(entries.length, firstEntries);
    while (size < count + more) size *= 2;
    const larger = new Int32Array(Math.min(size, this.#limit));
    larger.set(entries.subarray(0, count));
    this.entries = larger;
    return larger;
  }
}
