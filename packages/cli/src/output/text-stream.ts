import type { OutputStream } from "../edge/edges.js";

/** Writes to stdout or stderr and waits until it is taken, so that a slow reader slows the command down. */
export class TextStream {
  readonly #stream: OutputStream;
  readonly #onBroken: (error: Error) => void;
  #broken: Error | undefined;

  /** @param onBroken is called once, when whoever read has gone: with an error of the code `EPIPE`, say. */
  constructor(stream: OutputStream, onBroken: (error: Error) => void = () => {}) {
    this.#stream = stream;
    this.#onBroken = onBroken;
    stream.on("error", this.#failed);
  }

  get isTerminal(): boolean {
    return this.#stream.isTTY === true;
  }

  get columns(): number {
    // A terminal without a size says 0.
    return this.#stream.columns || 80;
  }

  /** Rejects once the stream is broken. */
  write(content: string | Uint8Array): Promise<void> {
    if (this.#broken !== undefined) return Promise.reject(this.#broken);
    return new Promise((resolve, reject) => {
      this.#stream.write(content, (error) => {
        if (error) this.#failed(error);
        if (error) reject(error);
        else resolve();
      });
    });
  }

  /** Writes without waiting, and does not mind a broken stream: for what is said on the side. */
  say(text: string): void {
    if (this.#broken === undefined) this.#stream.write(text);
  }

  /** The listener for errors stays: they may come late. */
  readonly #failed = (error: Error): void => {
    if (this.#broken !== undefined) return;
    this.#broken = error;
    this.#onBroken(error);
  };
}

/** Whether whoever read the output has gone, as `head` does. */
export function isBrokenPipe(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EPIPE";
}
