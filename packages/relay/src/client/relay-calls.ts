import { setMaxListeners } from "node:events";
import { type AbortOptions, hasErrorCode, RelayError } from "@potassium/core-types";
import { HttpPool } from "./http-pool.js";
import { parseStatus } from "./parse-answer.js";
import type { RelayAnswer, RelayRequest } from "./relay-answer.js";
import type { RelayClientSettings } from "./relay-client-options.js";
import { Turns } from "./turns.js";
import { isTemporary, unexpectedAnswer } from "./unexpected-answer.js";
import { withDeadline } from "./with-deadline.js";
import { withRetries } from "./with-retries.js";

/** Where a relay's API is, and how it is called. */
export interface RelayPlace {
  readonly origin: string;
  readonly path: string;
  readonly settings: RelayClientSettings;
}

/** Calls of a relay's API: each with its turn, its deadline, its tries, and a checked answer. */
export class RelayCalls {
  readonly #relay: string;
  readonly #path: string;
  readonly #settings: RelayClientSettings;
  readonly #pool: HttpPool;
  readonly #turns: Turns;
  readonly #closing = new AbortController();

  constructor({ origin, path, settings }: RelayPlace) {
    const { connections: atOnce, timeoutMs: maxQuietMs } = settings;
    this.#relay = origin + path;
    this.#path = path;
    this.#settings = settings;
    this.#pool = new HttpPool(origin, settings);
    this.#turns = new Turns({ atOnce, maxQuietMs, relay: this.#relay });
    // Each call in flight listens to it, and there may be any number of them.
    setMaxListeners(Number.POSITIVE_INFINITY, this.#closing.signal);
  }

  /** `parse` reads the body; its second argument names the answer in messages. */
  async read<T>(
    path: string,
    options: AbortOptions,
    parse: (body: string, source: string) => T,
  ): Promise<T> {
    const request = { method: "GET", path: this.#path + path, headers: {}, body: null } as const;
    const answer = await this.#call(request, options);
    if (answer.status !== 200) throw this.#unexpected(request, answer);
    return parse(answer.body, this.#source(request));
  }

  async post(path: string, body: string, options: AbortOptions): Promise<void> {
    const headers = { "content-type": "application/json", ...this.#token() };
    const request = { method: "POST", path: this.#path + path, headers, body } as const;
    this.#requireOk(request, await this.#call(request, options));
  }

  async delete(path: string, options: AbortOptions): Promise<void> {
    const headers = this.#token();
    const request = { method: "DELETE", path: this.#path + path, headers, body: null } as const;
    const answer = await this.#call(request, options);
    // Nothing there, or nothing to say: both mean that it is gone.
    if (answer.status !== 404 && answer.status !== 204) this.#requireOk(request, answer);
  }

  async close(reason: Error): Promise<void> {
    // Those who wait for their turn get it as these calls end, and see the abort then.
    this.#closing.abort(reason);
    await this.#pool.close();
  }

  #token(): Readonly<Record<string, string>> {
    const { serviceToken } = this.#settings;
    return serviceToken === undefined ? {} : { "x-service-token": serviceToken };
  }

  /** One call with all its tries. Resolves with any answer but the temporary ones. */
  async #call(request: RelayRequest, options: AbortOptions): Promise<RelayAnswer> {
    const signals = [options.signal, this.#closing.signal];
    for (const signal of signals) signal?.throwIfAborted();
    return this.#turns.run(options.signal, () => this.#send(request, signals));
  }

  async #send(
    request: RelayRequest,
    signals: readonly (AbortSignal | undefined)[],
  ): Promise<RelayAnswer> {
    const { timeoutMs, retries, random } = this.#settings;
    let failure: unknown;
    const onTimeout = () =>
      new RelayError(
        "TIMEOUT",
        `relay ${this.#relay} did not answer ${name(request)} within ${timeoutMs} ms`,
        { cause: failure },
      );
    const onFailure = (error: unknown) => {
      failure = error;
      this.#turns.failed(error);
      return hasErrorCode(error, "UNAVAILABLE");
    };
    return withDeadline({ timeoutMs, onTimeout, signals }, (ending) =>
      withRetries({ retries, random, signal: ending, onFailure }, async () => {
        const answer = await this.#pool.exchange(request, ending);
        if (isTemporary(answer)) throw this.#unexpected(request, answer);
        this.#turns.answered();
        return answer;
      }),
    );
  }

  #unexpected(request: RelayRequest, answer: RelayAnswer): RelayError {
    return unexpectedAnswer(this.#relay, name(request), answer);
  }

  #source(request: RelayRequest): string {
    return `the answer of relay ${this.#relay} to ${name(request)}`;
  }

  /** A page that some other server gives with status 200 must not pass for a change that was made. */
  #requireOk(request: RelayRequest, answer: RelayAnswer): void {
    if (answer.status === 200 && parseStatus(answer.body, this.#source(request)) === "ok") return;
    throw this.#unexpected(request, answer);
  }
}

function name(request: RelayRequest): string {
  return `${request.method} ${request.path}`;
}
