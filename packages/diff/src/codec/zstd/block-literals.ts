import { mostBlockBytes } from "./frame-header.js";
import { type HuffmanCode, readHuffmanCode, readHuffmanStream } from "./huffman-literals.js";

/** The first part of a compressed block: the bytes that its sequences don't copy from elsewhere. */
export class BlockLiterals {
  readonly bytes = new Uint8Array(mostBlockBytes);
  count = 0;
  #code: HuffmanCode | undefined;

  /**
   * Reads them from `bytes[start, end)`.
   *
   * @see RFC 8878, 3.1.1.3.1
   * @returns where they end; `undefined` where they can't be
   */
  read(bytes: Uint8Array, start: number, end: number, most: number): number | undefined {
    if (end - start < 1) return undefined;
    const first = bytes[start] as number;
    const format = (first >> 2) & 3;
    const kind = first & 3;
    if (kind >= 2) return this.#readCoded(bytes, start, end, most);
    const headerBytes = (format & 1) === 0 ? 1 : format === 1 ? 2 : 3;
    const from = start + headerBytes;
    if (from > end) return undefined;
    const word = littleEndian(bytes, start, headerBytes);
    this.count = headerBytes === 1 ? word >> 3 : word >> 4;
    const behind = from + (kind === 0 ? this.count : 1);
    if (this.count > most || behind > end) return undefined;
    if (kind === 0) this.bytes.set(bytes.subarray(from, behind));
    else this.bytes.fill(bytes[from] as number, 0, this.count);
    return behind;
  }

  #readCoded(bytes: Uint8Array, start: number, end: number, most: number): number | undefined {
    const first = bytes[start] as number;
    const format = (first >> 2) & 3;
    const headerBytes = format < 2 ? 3 : format + 2;
    const sizeBits = format < 2 ? 10 : format === 2 ? 14 : 18;
    const from = start + headerBytes;
    if (from > end) return undefined;
    const word = littleEndian(bytes, start, headerBytes);
    this.count = Math.trunc(word / 16) % 2 ** sizeBits;
    const behind = from + Math.trunc(word / 2 ** (4 + sizeBits));
    if (this.count > most || behind > end) return undefined;
    let at = from;
    if ((first & 3) === 2) {
      const read = readHuffmanCode(bytes, from, behind);
      if (read === undefined) return undefined;
      this.#code = read.code;
      at = read.end;
    }
    const code = this.#code;
    if (code === undefined) return undefined;
    const whole =
      format === 0
        ? readHuffmanStream(code, bytes, at, behind, this.bytes, 0, this.count)
        : this.#readFour(code, bytes, at, behind);
    return whole ? behind : undefined;
  }

  /** Four streams, a quarter of the bytes each; the sizes of three stand in front. */
  #readFour(code: HuffmanCode, bytes: Uint8Array, start: number, end: number): boolean {
    const quarter = (this.count + 3) >> 2;
    if (end - start < 6 || 3 * quarter > this.count) return false;
    let from = start + 6;
    for (let stream = 0; stream < 4; stream++) {
      const behind = stream < 3 ? from + littleEndian(bytes, start + 2 * stream, 2) : end;
      const at = stream * quarter;
      const stop = stream < 3 ? at + quarter : this.count;
      if (behind > end) return false;
      if (!readHuffmanStream(code, bytes, from, behind, this.bytes, at, stop)) return false;
      from = behind;
    }
    return true;
  }
}

function littleEndian(bytes: Uint8Array, start: number, count: number): number {
  let value = 0;
  for (let at = start + count - 1; at >= start; at--) value = value * 256 + (bytes[at] as number);
  return value;
}
