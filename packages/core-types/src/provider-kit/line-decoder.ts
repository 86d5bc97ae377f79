export interface LineDecoderOptions {
  /** A longer line is cut into lines of at most so many bytes, between characters. @default 16_384 */
  readonly maxLineBytes?: number | undefined;
  /** Whether a carriage return before the line end belongs to the line's text. @default false */
  readonly keepCarriageReturn?: boolean | undefined;
}

const newline = 0x0a;
const carriageReturn = 0x0d;

/**
 * Makes lines of UTF-8 bytes that come in pieces. What comes out does not depend on how the bytes were
 * cut into pieces, and no more than one line is ever held.
 */
export class LineDecoder {
  readonly #maxLineBytes: number;
  readonly #keepCarriageReturn: boolean;
  #pieces: Uint8Array[] = [];
  #held = 0;

  constructor(options: LineDecoderOptions = {}) {
    this.#maxLineBytes = Math.max(4, options.maxLineBytes ?? 16_384);
    this.#keepCarriageReturn = options.keepCarriageReturn ?? false;
  }

  /** Takes more bytes and gives the lines that they complete, without their line ends. */
  push(bytes: Uint8Array): string[] {
    const lines: string[] = [];
    let start = 0;
    while (start < bytes.length) {
      const end = bytes.indexOf(newline, start);
      if (end === -1) {
        this.#hold(bytes.subarray(start));
        lines.push(...this.#cutOverlong());
        break;
      }
      this.#hold(bytes.subarray(start, end));
      lines.push(...this.#finishLine());
      start = end + 1;
    }
    return lines;
  }

  /** Gives what is left when no more bytes come: nothing, or one last line that has no line end. */
  end(): string[] {
    return this.#held === 0 ? [] : this.#finishLine();
  }

  #hold(piece: Uint8Array): void {
    if (piece.length === 0) return;
    // A copy: the source may use its buffer again.
    this.#pieces.push(Uint8Array.from(piece));
    this.#held += piece.length;
  }

  #finishLine(): string[] {
    const lines = this.#cutOverlong();
    const line = this.#take();
    const endsInReturn = !this.#keepCarriageReturn && line.at(-1) === carriageReturn;
    lines.push((endsInReturn ? line.subarray(0, -1) : line).toString("utf8"));
    return lines;
  }

  #cutOverlong(): string[] {
    const max = this.#maxLineBytes;
    if (this.#held <= max) return [];
    let line = this.#take();
    const lines: string[] = [];
    // A last carriage return may belong to the line's end: it does not make the line too long yet.
    while (line.length - (line.at(-1) === carriageReturn ? 1 : 0) > max) {
      const cut = characterStart(line, max);
      lines.push(line.subarray(0, cut).toString("utf8"));
      line = line.subarray(cut);
    }
    this.#hold(line);
    return lines;
  }

  #take(): Buffer {
    const line = Buffer.concat(this.#pieces, this.#held);
    this.#pieces = [];
    this.#held = 0;
    return line;
  }
}

/** The last place at or before `index` where a character begins. */
function characterStart(bytes: Uint8Array, index: number): number {
  for (let at = index; at > index - 4; at -= 1) {
    if (((bytes[at] ?? 0) & 0b1100_0000) !== 0b1000_0000) return at;
  }
  // No UTF-8: any place is as good.
  return index;
}
