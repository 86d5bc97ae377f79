import { setMaxListeners } from "node:events";
import {
  type AbortOptions,
  hasErrorCode,
  IpAddress,
  parseInput,
  RelayError,
  type RelayRoutes,
  Route,
  RouteJson,
  type RouteTable,
} from "@potassium/core-types";
import { parseBaseUrl } from "./base-url.js";
import { HttpPool } from "./http-pool.js";
import { parseRouteTable, parseStatus } from "./parse-answer.js";
import { excerpt, type RelayAnswer, type RelayRequest } from "./relay-answer.js";
import {
  type RelayClientOptions,
  type RelayClientSettings,
  relayClientSettings,
} from "./relay-client-options.js";
import { isTemporary, unexpectedAnswer } from "./unexpected-answer.js";
import { withDeadline } from "./with-deadline.js";
import { withRetries } from "./with-retries.js";

/**
 * The routes of a Peel relay, over its HTTP API.
 *
 * Every call may be repeated without harm, so each is tried again, after a growing wait, where the
 * connection failed or the answer was 502, 503 or 504. Nothing is connected before the first call.
 *
 * @example
 * ```ts
 * await using relay = new RelayClient("http://localhost:8080");
 * await relay.setRoute("192.168.1.50", "10.99.0.10:5520");
 * ```
 */
export class RelayClient implements RelayRoutes, AsyncDisposable {
  /** Where the relay's API is, without a slash at its end. */
  readonly url: string;
  readonly #path: string;
  readonly #settings: RelayClientSettings;
  readonly #pool: HttpPool;
  readonly #closing = new AbortController();

  /**
   * @param url the API's base URL, http or https, which may have a path.
   * @throws {RelayError} `INVALID_ARGUMENT` with the `field` at fault.
   */
  constructor(url: string, options: RelayClientOptions = {}) {
    const { origin, path } = parseBaseUrl(url);
    this.url = origin + path;
    this.#path = path;
    this.#settings = relayClientSettings(options);
    this.#pool = new HttpPool(origin, this.#settings);
    // Each call in flight listens to it, and there may be any number of them.
    setMaxListeners(Number.POSITIVE_INFINITY, this.#closing.signal);
  }

  async setRoute(playerIp: string, backend: string, options: AbortOptions = {}): Promise<void> {
    const route = parseInput(Route, { playerIp, backend }, "route", invalidInput);
    const body = JSON.stringify(RouteJson.encode(route));
    const request = this.#change("POST", "/routes", body);
    const answer = await this.#call(request, options);
    if (answer.status !== 200) throw this.#unexpected(request, answer);
    this.#requireOk(request, answer);
  }

  async deleteRoute(playerIp: string, options: AbortOptions = {}): Promise<void> {
    await this.#delete("routes", playerIp, options);
  }

  async deleteSession(playerIp: string, options: AbortOptions = {}): Promise<void> {
    await this.#delete("sessions", playerIp, options);
  }

  async listRoutes(options: AbortOptions = {}): Promise<RouteTable> {
    const request = this.#read("/routes");
    const answer = await this.#call(request, options);
    if (answer.status !== 200) throw this.#unexpected(request, answer);
    return parseRouteTable(answer.body, this.#source(request));
  }

  async health(options: AbortOptions = {}): Promise<{ readonly status: string }> {
    const request = this.#read("/health");
    const answer = await this.#call(request, options);
    if (answer.status !== 200) throw this.#unexpected(request, answer);
    const status = parseStatus(answer.body, this.#source(request));
    if (status === "healthy") return Object.freeze({ status });
    throw new RelayError(
      "UNAVAILABLE",
      `relay ${this.url} says that it is ${JSON.stringify(excerpt(status))}`,
    );
  }

  /** Closes the connections. Calls that wait reject with `DISPOSED`, and so do all later ones. */
  async close(): Promise<void> {
    this.#closing.abort(
      new RelayError("DISPOSED", `the client of relay ${this.url} was closed; make a new one`),
    );
    await this.#pool.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #delete(what: "routes" | "sessions", ip: string, options: AbortOptions): Promise<void> {
    const playerIp = parseInput(IpAddress, ip, "player IP", (message) =>
      invalidInput(message, "playerIp"),
    );
    const request = this.#change("DELETE", `/${what}/${encodeURIComponent(playerIp)}`, null);
    const answer = await this.#call(request, options);
    // Nothing there, or nothing to say: both mean that it is gone.
    if (answer.status === 404 || answer.status === 204) return;
    if (answer.status !== 200) throw this.#unexpected(request, answer);
    this.#requireOk(request, answer);
  }

  #read(path: string): RelayRequest {
    return { method: "GET", path: this.#path + path, headers: {}, body: null };
  }

  #change(method: "POST" | "DELETE", path: string, body: string | null): RelayRequest {
    const { serviceToken } = this.#settings;
    const headers = {
      ...(body === null ? {} : { "content-type": "application/json" }),
      ...(serviceToken === undefined ? {} : { "x-service-token": serviceToken }),
    };
    return { method, path: this.#path + path, headers, body };
  }

  /** One call with all its tries. Resolves with any answer but the temporary ones. */
  async #call(request: RelayRequest, options: AbortOptions): Promise<RelayAnswer> {
    const { timeoutMs, retries, random } = this.#settings;
    const { signal } = options;
    let failure: unknown;
    const onTimeout = () =>
      new RelayError(
        "TIMEOUT",
        `relay ${this.url} did not answer ${name(request)} within ${timeoutMs} ms`,
        { cause: failure },
      );
    const onFailure = (error: unknown) => {
      failure = error;
      return hasErrorCode(error, "UNAVAILABLE");
    };
    const signals = [signal, this.#closing.signal];
    return withDeadline({ timeoutMs, onTimeout, signals }, (ending) =>
      withRetries({ retries, random, signal: ending, onFailure }, async () => {
        const answer = await this.#pool.exchange(request, ending);
        if (isTemporary(answer)) throw this.#unexpected(request, answer);
        return answer;
      }),
    );
  }

  #unexpected(request: RelayRequest, answer: RelayAnswer): RelayError {
    return unexpectedAnswer(this.url, name(request), answer);
  }

  #source(request: RelayRequest): string {
    return `the answer of relay ${this.url} to ${name(request)}`;
  }

  /** A page that some other server gives with status 200 must not pass for a change that was made. */
  #requireOk(request: RelayRequest, answer: RelayAnswer): void {
    if (parseStatus(answer.body, this.#source(request)) !== "ok")
      throw this.#unexpected(request, answer);
  }
}

function name(request: RelayRequest): string {
  return `${request.method} ${request.path}`;
}

function invalidInput(message: string, field: string): RelayError {
  return new RelayError("INVALID_ARGUMENT", message, { field });
}
