import type { BitReader } from "./bit-reader.js";
import { HuffmanTable, longestCode } from "./huffman-table.js";

/** How much input the header of a block takes at the very most: 32,767 selectors and six tables. */
export const longestHeaderBytes = 36 * 1024;
/** As many groups of 50 as 900,000 symbols make, and two. What bzip2 wrote beyond is never used. */
const mostSelectors = 18_002;
const mostTables = 6;
/** A code's length moves by one at a step, and no more than from 1 to 20. */
const mostSteps = longestCode;

/** What stands in front of a block's symbols; used again for the next block. */
export class BlockHeader {
  crc = 0;
  /** Where in the sorted block the text begins. */
  origin = 0;
  /** The bytes that occur in the block, in order. */
  readonly bytes = new Uint8Array(256);
  byteCount = 0;
  /** Which table each group of 50 symbols uses. */
  readonly selectors = new Uint8Array(mostSelectors);
  selectorCount = 0;
  readonly tables: readonly HuffmanTable[] = Array.from(
    { length: mostTables },
    () => new HuffmanTable(),
  );
  readonly #lengths = new Uint8Array(258);

  /**
   * Reads it, from behind the block's magic on. `longestHeaderBytes` have been made available.
   *
   * @throws `CORRUPT_PATCH`
   */
  read(bits: BitReader): void {
    this.crc = bits.word();
    if (bits.bits(1) === 1) {
      throw bits.input.corrupt("a bzip2 block is randomised, as bzip2 0.9.0 was the last to write");
    }
    this.origin = bits.bits(24);
    this.#readBytes(bits);
    const tables = bits.bits(3);
    if (tables < 2 || tables > mostTables) {
      throw bits.input.corrupt(`a bzip2 block has ${tables} tables`);
    }
    this.#readSelectors(bits, tables);
    for (let table = 0; table < tables; table++) {
      this.#readTable(bits, this.tables[table] as HuffmanTable);
    }
    bits.expectNotBehindEnd();
  }

  #readBytes(bits: BitReader): void {
    const rows = bits.bits(16);
    this.byteCount = 0;
    for (let row = 0; row < 16; row++) {
      if (((rows >>> (15 - row)) & 1) === 0) continue;
      const used = bits.bits(16);
      for (let column = 0; column < 16; column++) {
        if (((used >>> (15 - column)) & 1) === 1) this.bytes[this.byteCount++] = row * 16 + column;
      }
    }
    if (this.byteCount === 0) throw bits.input.corrupt("a bzip2 block uses no bytes");
  }

  #readSelectors(bits: BitReader, tables: number): void {
    const declared = bits.bits(15);
    if (declared === 0) throw bits.input.corrupt("a bzip2 block has no selectors");
    const recent = [0, 1, 2, 3, 4, 5];
    for (let index = 0; index < declared; index++) {
      let place = 0;
      while (bits.bits(1) === 1) {
        place += 1;
        if (place >= tables) throw bits.input.corrupt("a bzip2 block selects a table it lacks");
      }
      const table = recent[place] as number;
      recent.copyWithin(1, 0, place);
      recent[0] = table;
      if (index < mostSelectors) this.selectors[index] = table;
    }
    this.selectorCount = Math.min(declared, mostSelectors);
  }

  #readTable(bits: BitReader, table: HuffmanTable): void {
    const symbols = this.byteCount + 2;
    let length = bits.bits(5);
    for (let symbol = 0; symbol < symbols; symbol++) {
      for (let steps = 0; ; steps++) {
        if (length < 1 || length > longestCode || steps > mostSteps) {
          throw bits.input.corrupt("a bzip2 block has a code length that can't be");
        }
        if (bits.bits(1) === 0) break;
        length += bits.bits(1) === 0 ? 1 : -1;
      }
      this.#lengths[symbol] = length;
    }
    if (!table.build(this.#lengths, symbols)) {
      throw bits.input.corrupt("a bzip2 block has code lengths that fit no code");
    }
  }
}
