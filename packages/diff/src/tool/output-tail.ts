import type { Readable } from "node:stream";

/** The end of what a stream brings, however much that is. */
export class OutputTail {
  readonly #maxBytes: number;
  #bytes: Buffer = Buffer.alloc(0);
  #cut = false;

  constructor(stream: Readable, maxBytes: number) {
    this.#maxBytes = maxBytes;
    stream.on("data", (chunk: Buffer) => this.#add(chunk));
    // A pipe that breaks ends the output. How the program itself ended says the rest.
    stream.on("error", () => {});
  }

  /** Line breaks are kept; other control characters, which could steer a terminal, are blanks. */
  get text(): string {
    const text = this.#bytes.toString("utf8").replace(/[^\P{Cc}\n]/gu, " ");
    return this.#cut ? `…${text}` : text;
  }

  #add(chunk: Buffer): void {
    const all = Buffer.concat([this.#bytes, chunk]);
    this.#cut ||= all.length > this.#maxBytes;
    // A copy, which lets go of the rest.
    this.#bytes = Buffer.from(all.subarray(-this.#maxBytes));
  }
}
