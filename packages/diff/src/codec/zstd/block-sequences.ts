import { bitsAt, lastBit } from "./backward-bits.js";
import type { BlockLiterals } from "./block-literals.js";
import { type FseTable, readFseTable, repeatingTable } from "./fse-table.js";
import type { OutputWindow } from "./output-window.js";
import { sequenceCodes } from "./sequence-codes.js";

/** From this length on a call copies quicker than a loop. */
const farLength = 48;

/** The second part of a compressed block: how literals and earlier output make up its output. */
export class BlockSequences {
  readonly #codes = sequenceCodes();
  #literals: FseTable | undefined;
  #offsets: FseTable | undefined;
  #matches: FseTable | undefined;
  /** The last three offsets. */
  readonly #recent = Int32Array.of(1, 4, 8);

  /**
   * Carries out the sequences in `bytes[start, end)`, with room for `most` bytes of output.
   *
   * @see RFC 8878, 3.1.1.3.2
   * @returns false where they can't be
   */
  run(
    bytes: Uint8Array,
    start: number,
    end: number,
    literals: BlockLiterals,
    window: OutputWindow,
    most: number,
  ): boolean {
    let at = start + 1;
    let count = at <= end ? (bytes[start] as number) : -1;
    if (count >= 128) {
      const more = count === 255 ? 2 : 1;
      if (at + more > end) return false;
      const next = bytes[at] as number;
      count =
        more === 1 ? ((count - 128) << 8) + next : next + ((bytes[at + 1] as number) << 8) + 0x7f00;
      at += more;
    }
    if (count < 0) return false;
    if (count === 0) {
      if (at !== end || literals.count > most) return false;
      window.buffer.set(literals.bytes.subarray(0, literals.count), window.at);
      window.at += literals.count;
      return true;
    }
    if (at >= end) return false;
    const from = this.#readTables(bytes, at, end);
    if (from === undefined) return false;
    return this.#copy(bytes, from, end, count, literals, window, window.at + most);
  }

  /** Reads the three tables. Returns where they end. */
  #readTables(bytes: Uint8Array, start: number, end: number): number | undefined {
    const modes = bytes[start] as number;
    if ((modes & 3) !== 0) return undefined;
    let at: number | undefined = start + 1;
    const read = (
      mode: number,
      own: FseTable,
      last: FseTable | undefined,
      mostLog: number,
      mostSymbol: number,
    ): FseTable | undefined => {
      if (at === undefined) return undefined;
      if (mode === 0) return own;
      if (mode === 3) return last;
      if (mode === 1) {
        const symbol = at < end ? (bytes[at] as number) : mostSymbol + 1;
        at += 1;
        return symbol <= mostSymbol ? repeatingTable(symbol) : undefined;
      }
      const table = readFseTable(bytes, at, end, mostLog, mostSymbol);
      at = table?.end;
      return table?.table;
    };
    const codes = this.#codes;
    this.#literals = read(modes >> 6, codes.literals, this.#literals, 9, 35);
    this.#offsets = read((modes >> 4) & 3, codes.offsets, this.#offsets, 8, 31);
    this.#matches = read((modes >> 2) & 3, codes.matches, this.#matches, 9, 52);
    return this.#literals && this.#offsets && this.#matches && at;
  }

  #copy(
    bytes: Uint8Array,
    from: number,
    end: number,
    count: number,
    literals: BlockLiterals,
    window: OutputWindow,
    limit: number,
  ): boolean {
    const { literalExtra, literalLeast, matchExtra, matchLeast } = this.#codes;
    const { entries: literalTable, log: literalLog } = this.#literals as FseTable;
    const { entries: offsetTable, log: offsetLog } = this.#offsets as FseTable;
    const { entries: matchTable, log: matchLog } = this.#matches as FseTable;
    const source = literals.bytes;
    const target = window.buffer;
    let { at } = window;
    let literal = 0;
    let [recent1, recent2, recent3] = this.#recent as unknown as [number, number, number];

    let position = lastBit(bytes, from, end) - literalLog - offsetLog - matchLog;
    if (position < 0) return false;
    let literalEntry = literalTable[
      bitsAt(bytes, from, position + offsetLog + matchLog, literalLog)
    ] as number;
    let offsetEntry = offsetTable[bitsAt(bytes, from, position + matchLog, offsetLog)] as number;
    let matchEntry = matchTable[bitsAt(bytes, from, position, matchLog)] as number;

    for (let left = count; left > 0; left--) {
      const offsetCode = offsetEntry >> 24;
      const matchCode = matchEntry >> 24;
      const literalCode = literalEntry >> 24;
      let offset: number;
      if (offsetCode <= 24) {
        position -= offsetCode;
        offset = (1 << offsetCode) + bitsAt(bytes, from, position, offsetCode);
      } else {
        // More bits than one look tells. A window of 2 GiB is more than an offset needs.
        if (offsetCode > 30) return false;
        position -= offsetCode;
        const high = bitsAt(bytes, from, position + 16, offsetCode - 16);
        offset = (1 << offsetCode) + (high << 16) + bitsAt(bytes, from, position, 16);
      }
      let extra = matchExtra[matchCode] as number;
      position -= extra;
      let length = (matchLeast[matchCode] as number) + bitsAt(bytes, from, position, extra);
      extra = literalExtra[literalCode] as number;
      position -= extra;
      let fresh = (literalLeast[literalCode] as number) + bitsAt(bytes, from, position, extra);

      if (offset > 3) {
        offset -= 3;
        recent3 = recent2;
        recent2 = recent1;
        recent1 = offset;
      } else {
        if (fresh === 0) offset += 1;
        if (offset === 1) {
          offset = recent1;
        } else {
          const chosen = offset === 2 ? recent2 : offset === 3 ? recent3 : recent1 - 1;
          if (offset !== 2) recent3 = recent2;
          recent2 = recent1;
          recent1 = chosen;
          offset = chosen;
        }
      }

      if (
        position < 0 ||
        fresh > literals.count - literal ||
        fresh + length > limit - at ||
        offset === 0 ||
        offset > at + fresh
      ) {
        return false;
      }
      if (fresh >= farLength) {
        target.set(source.subarray(literal, literal + fresh), at);
        at += fresh;
        literal += fresh;
      } else {
        for (; fresh > 0; fresh--) target[at++] = source[literal++] as number;
      }
      if (length >= farLength && offset >= length) {
        target.copyWithin(at, at - offset, at - offset + length);
        at += length;
      } else {
        for (; length > 0; length--, at++) target[at] = target[at - offset] as number;
      }

      if (left === 1) break;
      let bits = (literalEntry >> 16) & 0xff;
      position -= bits;
      literalEntry = literalTable[
        (literalEntry & 0xffff) + bitsAt(bytes, from, position, bits)
      ] as number;
      bits = (matchEntry >> 16) & 0xff;
      position -= bits;
      matchEntry = matchTable[
        (matchEntry & 0xffff) + bitsAt(bytes, from, position, bits)
      ] as number;
      bits = (offsetEntry >> 16) & 0xff;
      position -= bits;
      offsetEntry = offsetTable[
        (offsetEntry & 0xffff) + bitsAt(bytes, from, position, bits)
      ] as number;
    }
    if (position !== 0) return false;

    const rest = literals.count - literal;
    if (rest > limit - at) return false;
    target.set(source.subarray(literal, literals.count), at);
    window.at = at + rest;
    this.#recent[0] = recent1;
    this.#recent[1] = recent2;
    this.#recent[2] = recent3;
    return true;
  }
}
