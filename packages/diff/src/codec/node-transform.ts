import type { Transform } from "node:stream";
import { maxChunkBytes } from "./chunk-stream.js";

/** What Node's decompressing streams have beside a Transform. */
export type Inflater = Transform & {
  /** How many bytes of the input were really used. */
  readonly bytesWritten: number;
};

/** The options that keep a decompressing stream of Node's at one chunk ahead of its reader. */
export const inflaterOptions = { chunkSize: maxChunkBytes / 2, highWaterMark: 1 } as const;

/** What became of a pull. */
export type Pulled =
  | { readonly state: "bytes"; readonly bytes: Uint8Array }
  | { readonly state: "hungry" }
  | { readonly state: "ended" };

const hungry: Pulled = { state: "hungry" };
const ended: Pulled = { state: "ended" };

/** Drives one of Node's decompressing streams by pull: it works only when asked, one chunk ahead at most. */
export class NodeTransform {
  readonly #inflater: Inflater;
  #error: unknown;
  #ended = false;
  #feeding = false;
  #wake: (() => void) | undefined;

  constructor(inflater: Inflater) {
    this.#inflater = inflater;
    const wake = (): void => this.#wake?.();
    inflater.on("readable", wake);
    inflater.on("end", () => {
      this.#ended = true;
      wake();
    });
    inflater.on("error", (error) => {
      this.#error ??= error;
      wake();
    });
    inflater.on("close", () => {
      if (!this.#ended) this.#error ??= new Error("the decompressor was closed");
      wake();
    });
  }

  /** How many bytes of all that was fed have been used. */
  get usedBytes(): number {
    return this.#inflater.bytesWritten;
  }

  /** Gives it input. `piece` must stay as it is until `pull` says "hungry" or "ended". */
  feed(piece: Uint8Array): void {
    const behind = this.usedBytes + piece.length;
    this.#feeding = true;
    this.#inflater.write(piece, () => {
      this.#feeding = false;
      // A stream leaves input over only where it has come to its own end.
      if (this.usedBytes < behind) this.#ended = true;
      this.#wake?.();
    });
  }

  /** Tells it that no input will come any more. */
  finish(): void {
    this.#feeding = true;
    this.#inflater.end();
  }

  /** Waits for output, for hunger or for the end. Rejects with the stream's own error. */
  async pull(): Promise<Pulled> {
    for (;;) {
      if (this.#error !== undefined) throw this.#error;
      const bytes = this.#inflater.read() as Uint8Array | null;
      if (bytes !== null) return { state: "bytes", bytes };
      if (this.#ended) return ended;
      if (!this.#feeding) return hungry;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = undefined;
    }
  }

  close(): void {
    this.#inflater.destroy();
  }
}
