import { RelayError } from "@potassium/core-types";
import type { Dispatcher } from "undici";
import type { RelayAnswer } from "./relay-answer.js";

/** Longest body of an error that is read; of it, the message keeps the start. */
const maxErrorBytes = 16 * 1_024;

/**
 * Reads one answer up to a bound, straight from the connection: the library's stream around each body
 * costs more than all the rest of a call.
 */
export class AnswerReader implements Dispatcher.DispatchHandler {
  readonly answer: Promise<RelayAnswer>;
  readonly #origin: string;
  readonly #maxBytes: number;
  #resolve: (answer: RelayAnswer) => void = () => {};
  #reject: (error: unknown) => void = () => {};
  #controller: Dispatcher.DispatchController | undefined;
  #aborted: { readonly reason: Error } | undefined;
  #status = 0;
  #location: string | undefined;
  #chunks: Buffer[] = [];
  #size = 0;

  constructor(origin: string, maxAnswerBytes: number) {
    this.#origin = origin;
    this.#maxBytes = maxAnswerBytes;
    this.answer = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  /** Drops the connection, or keeps the request from being sent at all. */
  abort(reason: Error): void {
    this.#aborted = { reason };
    this.#reject(reason);
    this.#controller?.abort(reason);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#aborted !== undefined) controller.abort(this.#aborted.reason);
  }

  onResponseStart(
    _: Dispatcher.DispatchController,
    status: number,
    headers: Readonly<Record<string, string | string[] | undefined>>,
  ): void {
    this.#status = status;
    this.#location = typeof headers["location"] === "string" ? headers["location"] : undefined;
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#aborted !== undefined) return;
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    const isError = this.#status >= 300;
    const limit = isError ? Math.min(maxErrorBytes, this.#maxBytes) : this.#maxBytes;
    if (this.#size <= limit) return;
    // Of an error's body, the start is enough.
    if (isError) this.onResponseEnd();
    const message = `the answer of relay ${this.#origin} has more than ${limit} bytes; raise maxAnswerBytes if it is right`;
    // Reads no more of it, also where the answer was taken as it is.
    this.abort(new RelayError("TOO_LARGE", message));
  }

  onResponseEnd(): void {
    const body = Buffer.concat(this.#chunks).toString("utf8");
    this.#resolve({ status: this.#status, location: this.#location, body });
  }

  onResponseError(_: unknown, error: Error): void {
    this.#reject(error);
  }
}
