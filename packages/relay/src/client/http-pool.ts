import { RelayError } from "@potassium/core-types";
import type { Pool } from "undici";
import { AnswerReader } from "./answer-reader.js";
import type { RelayAnswer, RelayRequest } from "./relay-answer.js";

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
    const reader = new AnswerReader(this.#origin, this.#maxAnswerBytes);
    const onAbort = () => reader.abort(new Error("the call was aborted"));
    signal.addEventListener("abort", onAbort, { once: true });
    try {
      pool.dispatch(request, reader);
      return await reader.answer;
    } catch (error) {
      // What an abort makes of the connection is no failure of the relay.
      signal.throwIfAborted();
      throw this.#failure(error);
    } finally {
      signal.removeEventListener("abort", onAbort);
    }
  }

  /** Closes every connection, also those that a call waits on. */
  async close(): Promise<void> {
    const pool = await this.#pool?.catch(() => undefined);
    await pool?.destroy();
  }

  async #open(): Promise<Pool> {
    const { Pool } = await import("undici");
    // Calls have their own deadline, over all tries: undici's would only cut it short. No pipelining:
    // it gains nothing measurable, and a call would wait behind a backend's name that resolves slowly.
    return new Pool(this.#origin, {
      connections: this.#connections,
      headersTimeout: 0,
      bodyTimeout: 0,
    });
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
    // OpenSSL's codes for bytes that are no TLS, as a plain HTTP server answers with.
    const isNoTls = /^(?:ERR_SSL_(?:WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG)|EPROTO)$/.test(
      code,
    );
    const problem = isNoTls
      ? `what answers there speaks no TLS (${code}); does the URL need http: instead of https:?`
      : `${reason}; check the URL and that the relay runs`;
    return new RelayError("UNAVAILABLE", `relay ${this.#origin} can't be reached: ${problem}`, {
      cause: error,
    });
  }
}
