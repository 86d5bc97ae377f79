import {
  type AbortOptions,
  RelayError,
  type RelayRoutes,
  type Route,
  RouteJson,
  type RouteTable,
} from "@potassium/core-types";
import { checkAbortOptions } from "../option/check-abort-options.js";
import { parseBaseUrl } from "./base-url.js";
import { changeMany } from "./change-many.js";
import { checkManyOptions, checkSyncOptions } from "./check-many-options.js";
import { parseRouteTable, parseStatus } from "./parse-answer.js";
import {
  parseDesiredTable,
  parsePlayerIp,
  parsePlayerIps,
  parseRoute,
  parseRoutes,
} from "./parse-routes.js";
import { excerpt } from "./relay-answer.js";
import { RelayCalls } from "./relay-calls.js";
import { type RelayClientOptions, relayClientSettings } from "./relay-client-options.js";
import { type RouteChange, routeDifference } from "./route-difference.js";
import type { DeleteRouteResult, ManyOptions, SetRouteResult } from "./route-result.js";
import type { SyncOptions, SyncReport } from "./sync-report.js";

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
  readonly #atOnce: number;
  readonly #calls: RelayCalls;

  /**
   * @param url the API's base URL, http or https, which may have a path: a string or a `URL`.
   * @throws {RelayError} `INVALID_ARGUMENT` with the `field` at fault.
   */
  constructor(url: string | URL, options: RelayClientOptions = {}) {
    const { origin, path } = parseBaseUrl(url);
    const settings = relayClientSettings(options);
    this.url = origin + path;
    this.#atOnce = settings.connections;
    this.#calls = new RelayCalls({ origin, path, settings });
  }

  async setRoute(playerIp: string, backend: string, options: AbortOptions = {}): Promise<void> {
    checkAbortOptions(options);
    await this.#set(parseRoute(playerIp, backend), options);
  }

  async deleteRoute(playerIp: string, options: AbortOptions = {}): Promise<void> {
    checkAbortOptions(options);
    await this.#delete(parsePlayerIp(playerIp), options);
  }

  async deleteSession(playerIp: string, options: AbortOptions = {}): Promise<void> {
    checkAbortOptions(options);
    const ip = parsePlayerIp(playerIp);
    await this.#calls.delete(`/sessions/${encodeURIComponent(ip)}`, options);
  }

  /**
   * Sets many routes, as many at once as there are connections. Resolves with the result of each, in
   * the order given; one that fails does not stop the rest. A route that stands there twice is set once.
   *
   * @throws {RelayError} `INVALID_ARGUMENT` before anything is sent, with `field` naming the place
   *   (`routes[3].playerIp`), where a route is malformed or a player has two backends.
   */
  async setRoutes(
    routes: Iterable<Route>,
    options: ManyOptions<SetRouteResult> = {},
  ): Promise<readonly SetRouteResult[]> {
    checkManyOptions(options);
    const wanted = parseRoutes(routes);
    const once = new Map(wanted.map((route) => [route.playerIp, route]));
    const { signal, onResult } = options;
    const change = (route: Route) => this.#set(route, { signal });
    const results = await changeMany([...once.values()], {
      atOnce: this.#atOnce,
      signal,
      onResult,
      change,
    });
    return inOrder(wanted, results);
  }

  /**
   * Deletes many routes, as {@link setRoutes} sets them. An address that stands there twice is deleted
   * once.
   *
   * @throws {RelayError} `INVALID_ARGUMENT` before anything is sent, with `field` naming the place.
   */
  async deleteRoutes(
    playerIps: Iterable<string>,
    options: ManyOptions<DeleteRouteResult> = {},
  ): Promise<readonly DeleteRouteResult[]> {
    checkManyOptions(options);
    const wanted = parsePlayerIps(playerIps).map((playerIp) => ({ playerIp }));
    const once = new Map(wanted.map((route) => [route.playerIp, route]));
    const { signal, onResult } = options;
    const results = await changeMany([...once.values()], {
      atOnce: this.#atOnce,
      signal,
      onResult,
      change: ({ playerIp }) => this.#delete(playerIp, { signal }),
    });
    return inOrder(wanted, results);
  }

  /**
   * Makes the relay's table the desired one: reads it, adds, changes and deletes what differs, and
   * reports. What somebody else changes meanwhile is not seen; call it again, or use a `RouteKeeper`.
   *
   * @throws {RelayError} `INVALID_ARGUMENT`, also where `keep` answers with anything but true and false;
   *   what `listRoutes` throws, `BAD_RESPONSE` for one: what could not be read is never deleted. A change that fails does not
   *   reject: it is in the report.
   */
  async sync(desired: RouteTable, options: SyncOptions = {}): Promise<SyncReport> {
    checkSyncOptions(options);
    const { signal, onResult, keep, dryRun = false } = options;
    const wanted = parseDesiredTable(desired);
    const difference = routeDifference(wanted, await this.listRoutes({ signal }), keep);
    const results = await changeMany<RouteChange>(dryRun ? [] : difference.changes, {
      atOnce: this.#atOnce,
      signal,
      onResult,
      change: (item) => this.#apply(item, { signal }),
    });
    return Object.freeze({ ...difference, results });
  }

  async listRoutes(options: AbortOptions = {}): Promise<RouteTable> {
    checkAbortOptions(options);
    return this.#calls.read("/routes", options, parseRouteTable);
  }

  async health(options: AbortOptions = {}): Promise<{ readonly status: string }> {
    checkAbortOptions(options);
    const status = await this.#calls.read("/health", options, parseStatus);
    if (status === "healthy") return Object.freeze({ status });
    const said = JSON.stringify(excerpt(status));
    throw new RelayError("UNAVAILABLE", `relay ${this.url} says that it is ${said}`);
  }

  /** Closes the connections. Calls that wait reject with `DISPOSED`, and so do all later ones. */
  async close(): Promise<void> {
    await this.#calls.close(
      new RelayError("DISPOSED", `the client of relay ${this.url} was closed; make a new one`),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #set(route: Route, options: AbortOptions): Promise<void> {
    await this.#calls.post("/routes", JSON.stringify(RouteJson.encode(route)), options);
  }

  async #delete(playerIp: string, options: AbortOptions): Promise<void> {
    await this.#calls.delete(`/routes/${encodeURIComponent(playerIp)}`, options);
  }

  async #apply(change: RouteChange, options: AbortOptions): Promise<void> {
    const { playerIp } = change;
    if (change.action === "delete") await this.#delete(playerIp, options);
    else await this.#set({ playerIp, backend: change.backend }, options);
  }
}

/** The result of each item, where some stand there twice. */
function inOrder<Result extends { readonly playerIp: string }>(
  items: readonly { readonly playerIp: string }[],
  results: readonly Result[],
): readonly Result[] {
  if (items.length === results.length) return results;
  const byIp = new Map(results.map((result) => [result.playerIp, result]));
  return Object.freeze(items.map(({ playerIp }) => byIp.get(playerIp) as Result));
}
