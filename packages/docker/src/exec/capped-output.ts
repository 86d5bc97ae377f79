/** Keeps the beginning of an output, up to a number of bytes. */
export class CappedOutput {
  readonly #maxBytes: number;
  readonly #pieces: Uint8Array[] = [];
  #bytes = 0;
  #truncated = false;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get truncated(): boolean {
    return this.#truncated;
  }

  push(bytes: Uint8Array): void {
    const room = this.#maxBytes - this.#bytes;
    if (bytes.length > room) this.#truncated = true;
    if (room <= 0) return;
    const kept = Uint8Array.from(bytes.subarray(0, room));
    this.#pieces.push(kept);
    this.#bytes += kept.length;
  }

  /** The output as text; a character that the cap cut in two is left out. */
  text(): string {
    const whole = Buffer.concat(this.#pieces, this.#bytes);
    return new TextDecoder("utf8", { ignoreBOM: true }).decode(whole, { stream: this.#truncated });
  }
}
