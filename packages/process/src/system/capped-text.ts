import { StringDecoder } from "node:string_decoder";

/** The beginning of a stream of bytes, as text. */
export class CappedText {
  readonly #maxBytes: number;
  readonly #pieces: Uint8Array[] = [];
  #size = 0;
  /** Whether more came than is kept. */
  truncated = false;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  push(bytes: Uint8Array): void {
    const room = this.#maxBytes - this.#size;
    if (bytes.length > room) this.truncated = true;
    if (room <= 0) return;
    const piece = bytes.subarray(0, room);
    this.#pieces.push(piece);
    this.#size += piece.length;
  }

  toString(): string {
    const bytes = Buffer.concat(this.#pieces, this.#size);
    // A decoder holds back half a character at the cut.
    return this.truncated ? new StringDecoder("utf8").write(bytes) : bytes.toString("utf8");
  }
}
