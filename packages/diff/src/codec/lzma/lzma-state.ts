import type { ByteInput } from "../byte-input.js";
import { literalChances, literals } from "./chance-places.js";
import type { LzmaProperties } from "./lzma-properties.js";

/** What an LZMA decoder knows between two symbols. */
export class LzmaState {
  chances = new Uint16Array(0);
  literalContextBits = 0;
  literalPositionMask = 0;
  positionMask = 0;
  range = 0;
  code = 0;
  state = 0;
  /** The last four distances, less one, as unsigned numbers in 32 bits. */
  readonly repeats = new Int32Array(4);
  /** What of the last match did not fit any more. */
  pending = 0;

  setProperties(properties: LzmaProperties): void {
    this.literalContextBits = properties.literalContextBits;
    this.literalPositionMask = (1 << properties.literalPositionBits) - 1;
    this.positionMask = (1 << properties.positionBits) - 1;
    const trees = 1 << (properties.literalContextBits + properties.literalPositionBits);
    const size = literals + literalChances * trees;
    if (this.chances.length !== size) this.chances = new Uint16Array(size);
    this.resetState();
  }

  resetState(): void {
    this.chances.fill(1024);
    this.state = 0;
    this.repeats.fill(0);
    this.pending = 0;
  }

  /** Begins a range-coded run of symbols. Five bytes of input are there. Returns false where they can't be. */
  beginCode(input: ByteInput): boolean {
    const { buffer, start } = input;
    this.range = -1;
    this.code = 0;
    for (let at = start + 1; at <= start + 4; at++) {
      this.code = (this.code << 8) | (buffer[at] as number);
    }
    input.start += 5;
    return buffer[start] === 0 && this.code !== -1;
  }

  /** The code is used up, as it is at the end of every run of symbols. A byte of input may be taken. */
  endsCode(input: ByteInput): boolean {
    if (this.range >>> 0 < 0x1000000) {
      this.range <<= 8;
      this.code = (this.code << 8) | (input.buffer[input.start++] as number);
    }
    return this.code === 0 && this.pending === 0 && input.start <= input.end;
  }
}
