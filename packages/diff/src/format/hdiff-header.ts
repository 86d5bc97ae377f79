import type { ByteWindow } from "./byte-window.js";
import { corruptPatch } from "./corrupt-patch.js";
import { readVarint, varintProblems } from "./varint.js";

/** The most bytes of a text in a header, without its end mark. */
const maxTextBytes = 259;

/** Reads the header of a patch of HDiffPatch, field by field. */
export class HdiffHeader {
  readonly #window: ByteWindow;

  /** @param bytes - The patch's start: its whole header, unless the patch is shorter. */
  constructor(bytes: Uint8Array, magic: string) {
    this.#window = { buffer: bytes, start: magic.length + 1, end: bytes.length };
  }

  /** Where the next field is. */
  get offset(): number {
    return this.#window.start;
  }

  /** The type of compression: "" or "zlib", "lzma2" … */
  readType(): string {
    const { buffer, start } = this.#window;
    const end = buffer.subarray(0, start + maxTextBytes + 1).indexOf(0, start);
    if (end < 0) {
      throw corruptPatch("header", "the name of the compression has no end", start);
    }
    const type = Buffer.from(buffer.subarray(start, end)).toString("latin1");
    if (type.includes("&")) {
      throw corruptPatch("header", "the name of the compression has an & in it", start);
    }
    this.#window.start = end + 1;
    return type;
  }

  /** @param what - What the integer is, for an error. */
  readInteger(what: string): number {
    const value = readVarint(this.#window, 0);
    if (value >= 0) return value;
    throw corruptPatch("header", `the ${what}: ${varintProblems[value]}`, this.#window.start);
  }
}
