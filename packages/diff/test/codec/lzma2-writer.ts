/** Control bytes of LZMA2 chunks without the sizes in them: stored with and without a reset of the dictionary, then coded. */
export const chunkTypes = [0x01, 0x02, 0x80, 0xa0, 0xc0, 0xe0] as const;
export type ChunkType = (typeof chunkTypes)[number];

const literalContextBits = 3;
const positionMask = 3;
/** `(pb * 5 + lp) * 9 + lc` with pb 2, lp 0, lc 3. */
const propertyByte = 0x5d;
const half = 1024;

/** Writes a section of LZMA2 chunk by chunk, valid or not. Coded chunks are literals alone. */
export class Lzma2Writer {
  /** The first byte is for a dictionary of 64 KiB. */
  readonly #bytes: number[] = [8];
  #matches = new Uint16Array(positionMask + 1).fill(half);
  #literals = newLiterals();
  #position = 0;
  #previous = 0;

  add(type: ChunkType, content: Uint8Array): this {
    if (type === 0x01 || type === 0xe0) {
      this.#position = 0;
      this.#previous = 0;
    }
    if (type >= 0xa0) {
      this.#matches.fill(half);
      this.#literals = newLiterals();
    }
    const size = content.length - 1;
    if (type < 0x80) {
      this.#bytes.push(type, size >> 8, size & 0xff, ...content);
      this.#pass(content);
      return this;
    }
    const code = this.#encode(content);
    const codeSize = code.length - 1;
    this.#bytes.push(type | (size >> 16), (size >> 8) & 0xff, size & 0xff);
    this.#bytes.push(codeSize >> 8, codeSize & 0xff);
    if (type >= 0xc0) this.#bytes.push(propertyByte);
    this.#bytes.push(...code);
    return this;
  }

  end(): Uint8Array {
    return Uint8Array.from([...this.#bytes, 0]);
  }

  #pass(content: Uint8Array): void {
    this.#position += content.length;
    this.#previous = content.at(-1) ?? this.#previous;
  }

  #encode(content: Uint8Array): readonly number[] {
    const encoder = new RangeEncoder();
    for (const byte of content) {
      encoder.bit(this.#matches, this.#position & positionMask, 0);
      const literal = this.#literals[this.#previous >> (8 - literalContextBits)] as Uint16Array;
      let symbol = 1;
      for (let place = 7; place >= 0; place -= 1) {
        const bit = (byte >> place) & 1;
        encoder.bit(literal, symbol, bit);
        symbol = (symbol << 1) | bit;
      }
      this.#pass(Uint8Array.of(byte));
    }
    return encoder.finish();
  }
}

const newLiterals = () =>
  Array.from({ length: 1 << literalContextBits }, () => new Uint16Array(0x100).fill(half));

/** The range coder of LZMA, with a bound that needs no carry by hand: `low` is a whole number of any size. */
class RangeEncoder {
  #low = 0n;
  #range = 0xffffffff;
  #bytes = 5;

  bit(chances: Uint16Array, index: number, bit: number): void {
    const chance = chances[index] as number;
    const bound = (this.#range >>> 11) * chance;
    if (bit === 0) {
      this.#range = bound;
      chances[index] = chance + ((2048 - chance) >> 5);
    } else {
      this.#low += BigInt(bound);
      this.#range = this.#range - bound;
      chances[index] = chance - (chance >> 5);
    }
    while (this.#range < 2 ** 24) {
      this.#range = (this.#range << 8) >>> 0;
      this.#low <<= 8n;
      this.#bytes += 1;
    }
  }

  finish(): readonly number[] {
    const text = this.#low.toString(16).padStart(2 * this.#bytes, "0");
    return [...Buffer.from(text, "hex")];
  }
}
