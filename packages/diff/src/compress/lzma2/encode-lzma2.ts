import type { Effort } from "../written-codec.js";
import { startLzma2Program } from "./lzma2-program.js";

/** How much time a smaller section is worth. */
export type Lzma2Effort = Effort;

/** How the program looks for matches. */
interface Settings {
  /** How many earlier positions with the same five bytes are looked at. */
  readonly depth: number;
  /** A match so long is not looked beyond. */
  readonly niceBytes: number;
  /** Whether symbols are chosen by what they cost. */
  readonly isOptimal: boolean;
}

const settings: Readonly<Record<Lzma2Effort, Settings>> = {
  fast: { depth: 2, niceBytes: 32, isOptimal: false },
  balanced: { depth: 4, niceBytes: 32, isOptimal: true },
  smallest: { depth: 16, niceBytes: 48, isOptimal: true },
};

const nothing = new Uint8Array();
const pageBytes = 2 ** 16;

/** What follows the last block of a section. */
export const lzma2End = 0;

/** Compresses blocks of a section into LZMA2 chunks, one after the other; each by itself, so that others may do the next. */
export class Lzma2Encoder {
  readonly #program = startLzma2Program();

  /** How much work the matching was, in steps. */
  get steps(): number {
    return this.#program.steps();
  }

  /** @param before - What stands before the block in the section, and may be referred to; empty at the section's begin. */
  encode(bytes: Uint8Array, effort: Lzma2Effort, before: Uint8Array = nothing): Uint8Array {
    const program = this.#program;
    const size = before.length + bytes.length;
    this.#makeRoom(program.memoryBytes(size));
    const input = new Uint8Array(program.memory.buffer, program.bytesAt.value);
    input.set(before);
    input.set(bytes, before.length);
    const { depth, niceBytes, isOptimal } = settings[effort];
    const length = program.encode(before.length, size, depth, niceBytes, isOptimal);
    return new Uint8Array(program.memory.buffer, program.outputPlace(size), length).slice();
  }

  #makeRoom(bytes: number): void {
    const { memory } = this.#program;
    const missing = bytes - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / pageBytes));
  }
}

/**
 * One block as LZMA2 chunks: begins with a reset of the dictionary, state and properties, so blocks may be joined in a
 * row. No end marker. For many blocks, one `Lzma2Encoder` saves making its memory anew.
 */
export function encodeLzma2Block(bytes: Uint8Array, effort: Lzma2Effort): Uint8Array {
  return new Lzma2Encoder().encode(bytes, effort);
}

/** The section's first byte: the least dictionary of at least `bytes`. */
export function lzma2DictionaryByte(bytes: number): number {
  let code = 0;
  while ((2 | (code & 1)) * 2 ** ((code >> 1) + 11) < bytes) code += 1;
  return code;
}
