import type { ByteInput } from "../byte-input.js";

/** Takes single bits from an input, most significant first. Who uses it sees to it that the bytes are there. */
export class BitReader {
  readonly input: ByteInput;
  /** The bits that were taken from the input and not used yet: the low `count` ones of `value`. */
  value = 0;
  count = 0;

  constructor(input: ByteInput) {
    this.input = input;
  }

  /** The next `count` bits, 1 to 24. */
  bits(count: number): number {
    const { input } = this;
    while (this.count < count) {
      this.value = (this.value << 8) | (input.buffer[input.start++] as number);
      this.count += 8;
    }
    this.count -= count;
    return (this.value >>> this.count) & ((1 << count) - 1);
  }

  /** The next 32 bits, as a signed number. */
  word(): number {
    return (this.bits(16) << 16) | this.bits(16);
  }

  /** Drops the bits up to the next whole byte and gives unused bytes back. */
  align(): void {
    this.input.start -= this.count >> 3;
    this.count = 0;
  }

  /** @throws `CORRUPT_PATCH` where more was taken than is there */
  expectNotBehindEnd(): void {
    if (this.input.start - (this.count >> 3) > this.input.end) {
      throw this.input.corrupt("the bzip2 stream ends early");
    }
  }
}
