import { backOffMs, delay } from "@potassium/core-types";
import { ManifestError } from "../../manifest-error.js";
import { shownUrl } from "./base-url.js";
import { PassingFailure } from "./http-failure.js";
import type { CheckedHttpOptions } from "./http-source-options.js";
import {
  type FileResponse,
  requestFailure,
  requestFile,
  type WantedRange,
} from "./request-file.js";

/** So much must have come before failures are counted anew. */
const progressBytes = 2 ** 16;

/** A file at an address, read from one answer after another. */
export class ResumedFile {
  #failures = 0;
  #freshBytes = 0;

  constructor(
    private readonly url: URL,
    private readonly options: CheckedHttpOptions,
    private readonly signal: AbortSignal | undefined,
  ) {}

  /** Asks until there is an answer, or no try is left. */
  async request(wanted: WantedRange): Promise<FileResponse> {
    for (;;) {
      try {
        return await requestFile(this.url, wanted, this.options, this.signal);
      } catch (error) {
        await this.#waitAfter(error);
      }
    }
  }

  /** The bytes from `start` on: of the answer, and of more answers where that breaks off. */
  async *read(first: FileResponse, start: number): AsyncGenerator<Uint8Array, void, undefined> {
    const { totalBytes, validator } = first;
    let position = start;
    for (let answer = first; ; answer = await this.request({ start: position, validator })) {
      try {
        for await (const piece of readBody(answer, this.url, this.signal)) {
          position += piece.length;
          this.#gained(piece.length);
          if (position > (totalBytes ?? position)) throw this.#tooMuch(totalBytes);
          yield piece;
        }
        if (position >= (totalBytes ?? 0)) return;
        const message = `${shownUrl(this.url)} ended after ${position} of ${totalBytes} bytes`;
        throw new PassingFailure(new ManifestError("BAD_RESPONSE", message));
      } catch (error) {
        await this.#waitAfter(error);
      }
    }
  }

  #gained(bytes: number): void {
    this.#freshBytes += bytes;
    if (this.#freshBytes < progressBytes) return;
    this.#freshBytes = 0;
    this.#failures = 0;
  }

  async #waitAfter(failure: unknown): Promise<void> {
    if (!(failure instanceof PassingFailure)) throw failure;
    this.#failures += 1;
    this.#freshBytes = 0;
    const { retries, maxWaitMs } = this.options;
    if (this.#failures > retries) throw failure.error;
    const waitMs = Math.max(backOffMs(this.#failures, { maxMs: maxWaitMs }), failure.waitMs);
    await delay(Math.min(waitMs, maxWaitMs), { signal: this.signal });
  }

  #tooMuch(totalBytes: number | undefined): ManifestError {
    const message = `${shownUrl(this.url)} sent more than the ${totalBytes} bytes that it told of`;
    return new ManifestError("BAD_RESPONSE", message);
  }
}

async function* readBody(
  { response, watch, skipBytes }: FileResponse,
  url: URL,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = response.status === 416 ? undefined : response.body?.getReader();
  let skip = skipBytes;
  try {
    while (reader !== undefined) {
      watch.waiting();
      const { done, value } = await reader.read();
      watch.arrived(value?.length ?? 0);
      if (done) {
        if (skip === 0) return;
        const message = `${shownUrl(url)} has fewer bytes than were read of it before`;
        throw new ManifestError("BAD_RESPONSE", message);
      }
      const skipped = Math.min(skip, value.length);
      skip -= skipped;
      if (skipped < value.length) yield value.subarray(skipped);
    }
  } catch (error) {
    throw requestFailure(error, url, watch, signal);
  } finally {
    watch.stop();
    await (reader ?? response.body)?.cancel().catch(() => undefined);
  }
}
