import { createHash } from "node:crypto";
import type { PatchProgress } from "@potassium/core-types";

const bufferBytes = 512 * 1024;

/** Where a new file's bytes go. `bytes` are the caller's again once the promise has settled. */
export type NewSink = (bytes: Uint8Array, position: number) => Promise<void>;

export interface NewWriterOptions {
  /** How many bytes there will be. */
  readonly newBytes: number;
  readonly sink: NewSink;
  /** Whether to make the digest. */
  readonly hash?: boolean | undefined;
  readonly phase: "apply" | "verify";
  readonly onProgress?: ((progress: PatchProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Takes a new file's bytes from front to end: they are put into `buffer` from `end` on, `end` is moved on, and
 * where it meets the buffer's length, `flush()` makes room. One buffer is filled while another is written.
 */
export class NewWriter {
  buffer: Uint8Array;
  end = 0;
  readonly #options: NewWriterOptions;
  readonly #hash: ReturnType<typeof createHash> | undefined;
  #spare: Uint8Array | undefined;
  #writing: Promise<void> | undefined;
  /** Bytes handed to the sink. */
  #flushed = 0;
  #reported = -1;

  constructor(options: NewWriterOptions) {
    this.#options = options;
    this.#hash = options.hash === true ? createHash("sha256") : undefined;
    this.buffer = this.#makeBuffer();
  }

  /** @throws `IO_ERROR`; the signal's reason; what `onProgress` throws */
  async flush(): Promise<void> {
    const bytes = this.buffer.subarray(0, this.end);
    this.#hash?.update(bytes);
    const position = this.#flushed;
    await this.#settle();
    this.#report(position);
    this.#options.signal?.throwIfAborted();
    this.#flushed += this.end;
    this.#writing = this.#options.sink(bytes, position);
    // Looked at by the next flush; until then it must not count as unhandled.
    this.#writing.catch(() => {});
    const full = this.buffer;
    this.buffer = this.#spare ?? this.#makeBuffer();
    this.#spare = full;
    this.end = 0;
  }

  /**
   * Writes what is left.
   *
   * @returns the SHA-256 digest in hexadecimal, where it was asked for
   */
  async finish(): Promise<string | undefined> {
    if (this.end > 0) await this.flush();
    await this.#settle();
    this.#options.signal?.throwIfAborted();
    this.#report(this.#flushed);
    return this.#hash?.digest("hex");
  }

  /** Waits for what is still being written. To come before what the sink writes to is closed. */
  async close(): Promise<void> {
    await this.#writing?.catch(() => {});
  }

  async #settle(): Promise<void> {
    await this.#writing;
    this.#writing = undefined;
  }

  #report(doneBytes: number): void {
    if (doneBytes === this.#reported) return;
    this.#reported = doneBytes;
    const { onProgress, phase, newBytes } = this.#options;
    onProgress?.({ phase, doneBytes, totalBytes: newBytes });
  }

  #makeBuffer(): Uint8Array {
    // A size from the patch counts only as far as it makes the buffer smaller.
    return new Uint8Array(Math.max(1, Math.min(bufferBytes, this.#options.newBytes)));
  }
}
