import { RelayError } from "@potassium/core-types";
import type { Dispatcher, Pool } from "undici";
import type { RelayAnswer, RelayRequest } from "./relay-answer.js";

/** Longest body of an error that is read; of it, the message keeps the start. */
const maxErrorBytes = 16 * 1_024;

/**
 * Keep-alive connections to one host. undici is loaded by the first call: it takes longer to load
 * than all the rest, and a program that only imports this package need not pay for it.
 */
export class HttpPool {
  readonly #origin: string;
  readonly #connections: number;
  readonly #maxAnswerBytes: number;
  #pool: Promise<Pool> | undefined;

  constructor(origin: string, limits: { connections: number; maxAnswerBytes: number }) {
    this.#origin = origin;
    this.#connections = limits.connections;
    this.#maxAnswerBytes = limits.maxAnswerBytes;
  }

  /**
   * Sends one request once and reads the answer. Redirects are answers like others.
   *
   * @throws {RelayError} `UNAVAILABLE` where the connection failed, `BAD_RESPONSE` where what came
   *   back is no HTTP, `TOO_LARGE` where it is too long.
   */
  async exchange(request: RelayRequest, signal: AbortSignal): Promise<RelayAnswer> {
    this.#pool ??= this.#open();
    const pool = await this.#pool;
    signal.throwIfAborted();
    try {
      const response = await pool.request({ ...request, signal });
      const { statusCode: status, headers } = response;
      const location = typeof headers.location === "string" ? headers.location : undefined;
      return { status, location, body: await this.#readBody(response, signal) };
    } catch (error) {
      // What an abort makes of the connection is no failure of the relay.
      signal.throwIfAborted();
      throw this.#failure(error);
    }
  }

  /** Closes every connection, also those that a call waits on. */
  async close(): Promise<void> {
    const pool = await this.#pool?.catch(() => undefined);
    await pool?.destroy();
  }

  async #open(): Promise<Pool> {
    const { Pool } = await import("undici");
    // Calls have their own deadline, over all tries: undici's would only cut it short.
    return new Pool(this.#origin, {
      connections: this.#connections,
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  }

  async #readBody(response: Dispatcher.ResponseData, signal: AbortSignal): Promise<string> {
    const isError = response.statusCode >= 300;
    const limit = isError ? Math.min(maxErrorBytes, this.#maxAnswerBytes) : this.#maxAnswerBytes;
    const chunks: Buffer[] = [];
    let size = 0;
    // Leaving the loop closes the connection, so no more of a long body is read.
    for await (const chunk of response.body as AsyncIterable<Buffer>) {
      signal.throwIfAborted();
      chunks.push(chunk);
      size += chunk.length;
      if (size <= limit) continue;
      if (isError) break;
      throw new RelayError(
        "TOO_LARGE",
        `the answer of relay ${this.#origin} has more than ${limit} bytes; raise maxAnswerBytes if it is right`,
      );
    }
    return Buffer.concat(chunks).toString("utf8");
  }

  #failure(error: unknown): unknown {
    if (error instanceof RelayError || !(error instanceof Error)) return error;
    const code = "code" in error ? String(error.code) : "";
    const reason = error.message === "" ? code : error.message;
    // Not every error of the parser has a code.
    const isGarbled =
      error.name === "HTTPParserError" || /^UND_ERR_(?:HEADERS_OVERFLOW|RES_)/.test(code);
    if (isGarbled) {
      return new RelayError(
        "BAD_RESPONSE",
        `what answers at ${this.#origin} does not speak HTTP as a relay does: ${reason}`,
        { cause: error },
      );
    }
    return new RelayError(
      "UNAVAILABLE",
      `relay ${this.#origin} can't be reached: ${reason}; check the URL and that the relay runs`,
      { cause: error },
    );
  }
}
