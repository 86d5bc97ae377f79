import { type AbortOptions, abortable, RelayError, type RelayRoutes } from "@potassium/core-types";
import { parsePlayerIp, parseRoute } from "../client/parse-routes.js";
import { EventSource } from "./event-stream.js";
import { type KeptRoute, keptRoute, routeClaim } from "./kept-route.js";
import { KeptRoutes } from "./kept-routes.js";
import { RelayLink } from "./relay-link.js";
import type { RouteKeeperEvent } from "./route-keeper-event.js";
import {
  checkedKeepOptions,
  type KeepOptions,
  type RouteKeeperOptions,
  routeKeeperSettings,
} from "./route-keeper-options.js";

/**
 * Keeps a relay's routes as they should be: it holds what is wanted, brings it to the relay, and looks
 * again and again whether the relay still has it. A relay that restarted gets everything anew.
 *
 * Routes that it was not told of are none of its business: it neither changes nor deletes them. The
 * relay stays its caller's, who closes it after the keeper.
 *
 * @example
 * ```ts
 * await using relay = new RelayClient("http://localhost:8080");
 * await using keeper = new RouteKeeper(relay);
 * keeper.set("192.168.1.50", "10.99.0.10:5520", { owner: "player-7", ttlMs: 60_000 });
 * ```
 */
export class RouteKeeper implements AsyncDisposable {
  readonly #relay: RelayRoutes;
  readonly #routes: KeptRoutes;
  readonly #link: RelayLink;
  readonly #events: EventSource<RouteKeeperEvent>;
  readonly #closing = new AbortController();
  #closed: Promise<void> | undefined;

  /** @throws {RelayError} `INVALID_ARGUMENT` with the option at fault. */
  constructor(relay: RelayRoutes, options: RouteKeeperOptions = {}) {
    const settings = routeKeeperSettings(options);
    this.#relay = relay;
    this.#events = new EventSource(settings.maxWaitingEvents);
    this.#routes = new KeptRoutes({
      clock: settings.clock,
      onChange: (entry) => this.#link.changed(entry),
      onConflict: ({ playerIp }, claim, others) =>
        this.#tell({
          type: "owners-conflict",
          playerIp,
          claim: routeClaim(claim),
          others: Object.freeze(others.map(routeClaim)),
        }),
      onExpired: ({ playerIp }, claim) =>
        this.#tell({ type: "expired", playerIp, claim: routeClaim(claim) }),
    });
    const tell = (event: RouteKeeperEvent) => this.#tell(event);
    this.#link = new RelayLink({ relay, routes: this.#routes, settings, tell });
  }

  /**
   * Wants the route from now on; the relay gets it in a moment. Of several owners' claims on one address
   * the latest counts. Setting a claim again renews its time.
   *
   * @throws {RelayError} `INVALID_ARGUMENT` with the `field` at fault, `DISPOSED`.
   */
  set(playerIp: string, backend: string, options: KeepOptions = {}): KeptRoute {
    this.#closing.signal.throwIfAborted();
    const route = parseRoute(playerIp, backend);
    const entry = this.#routes.set(route.playerIp, route.backend, checkedKeepOptions(options));
    return keptRoute(entry) as KeptRoute;
  }

  /**
   * Renews a claim by `ttlMs`, or by as long as it was given before.
   *
   * @returns `false` where there is no such claim: it ended, say.
   * @throws {RelayError} `INVALID_ARGUMENT` with the `field` at fault, `DISPOSED`.
   */
  touch(playerIp: string, options: KeepOptions = {}): boolean {
    this.#closing.signal.throwIfAborted();
    return this.#routes.touch(parsePlayerIp(playerIp), checkedKeepOptions(options));
  }

  /**
   * Gives up the claim of one owner, or all claims where none is named. Without a claim left, the route
   * is deleted from the relay.
   *
   * @returns `false` where there is no such claim; nothing is sent then.
   * @throws {RelayError} `INVALID_ARGUMENT` with the `field` at fault, `DISPOSED`.
   */
  delete(playerIp: string, options: Pick<KeepOptions, "owner"> = {}): boolean {
    this.#closing.signal.throwIfAborted();
    return this.#routes.delete(parsePlayerIp(playerIp), checkedKeepOptions(options).owner);
  }

  /** @throws {RelayError} `INVALID_ARGUMENT` where it is no IP address. */
  get(playerIp: string): KeptRoute | undefined {
    const entry = this.#routes.get(parsePlayerIp(playerIp));
    return entry === undefined ? undefined : keptRoute(entry);
  }

  /** All routes that are wanted, in the order in which their addresses came. */
  list(): readonly KeptRoute[] {
    const routes = this.#routes.entries().map(keptRoute);
    return Object.freeze(routes.filter((route) => route !== undefined));
  }

  /**
   * Resolves once the relay has what is wanted for the player: the route as it is then, or none.
   *
   * @throws what the relay refused it with; `INVALID_ARGUMENT`, `DISPOSED`.
   */
  async applied(playerIp: string, options: AbortOptions = {}): Promise<void> {
    const ip = parsePlayerIp(playerIp);
    for (;;) {
      this.#closing.signal.throwIfAborted();
      const entry = this.#routes.get(ip);
      if (entry === undefined || entry.state === "applied") return;
      if (entry.state === "refused") throw entry.refusal;
      let wake = () => {};
      const settled = new Promise<void>((resolve) => {
        wake = resolve;
      });
      entry.waiting.add(wake);
      try {
        await this.#unlessClosed(() => settled, options);
      } finally {
        entry.waiting.delete(wake);
      }
    }
  }

  /**
   * Resolves once nothing is pending: each route is on the relay or was refused.
   *
   * @throws {RelayError} `DISPOSED`.
   */
  async settled(options: AbortOptions = {}): Promise<void> {
    const over = new AbortController();
    try {
      await this.#unlessClosed(() => this.#link.settled(over.signal), options);
    } finally {
      over.abort();
    }
  }

  /**
   * Looks at the relay now. Resolves when it has been looked at; what is put right then is on its way,
   * see {@link settled}.
   *
   * @throws what `health` and `listRoutes` of the relay throw; `DISPOSED`.
   */
  async check(options: AbortOptions = {}): Promise<void> {
    await this.#unlessClosed(() => this.#link.look(), options);
  }

  /**
   * Takes over routes that the relay has and the keeper does not know: after a restart of the
   * orchestrator, say.
   *
   * @param choose asked about each; answers how to keep it, or `undefined` to leave it alone.
   * @returns how many it took over.
   * @throws what `listRoutes` of the relay throws; `INVALID_ARGUMENT`, `DISPOSED`.
   */
  async adopt(
    choose: (playerIp: string, backend: string) => KeepOptions | undefined,
    options: AbortOptions = {},
  ): Promise<number> {
    const table = await this.#unlessClosed(
      () => this.#relay.listRoutes({ signal: this.#closing.signal }),
      options,
    );
    let count = 0;
    for (const [playerIp, backend] of Object.entries(table)) {
      // Also where it was deleted just now: that is for the keeper to finish.
      if (this.#routes.get(playerIp) !== undefined) continue;
      const choice = choose(playerIp, backend);
      if (choice === undefined) continue;
      this.#routes.adopt(playerIp, backend, checkedKeepOptions(choice));
      count += 1;
    }
    return count;
  }

  /**
   * What happens from now on. The stream ends when the keeper is closed, and leaving the loop releases
   * it. A reader that falls too far behind gets `TOO_LARGE`.
   */
  events(options: AbortOptions = {}): AsyncIterableIterator<RouteKeeperEvent> {
    return this.#events.subscribe(options);
  }

  /**
   * Stops looking and sending, and waits for what is under way. The routes stay on the relay, or are
   * deleted where `onClose` says so. May be called again.
   *
   * @throws {RelayError} `UNAVAILABLE` where routes should be deleted and could not.
   */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #close(): Promise<void> {
    const reason = new RelayError("DISPOSED", "the route keeper was closed; make a new one");
    this.#closing.abort(reason);
    this.#routes.close();
    try {
      await this.#link.close(reason);
    } finally {
      this.#events.close();
    }
  }

  #tell(event: RouteKeeperEvent): void {
    this.#events.publish(Object.freeze(event));
  }

  /** Waits for `work`, which goes on where the signal ends the wait. */
  async #unlessClosed<T>(work: () => Promise<T>, { signal }: AbortOptions): Promise<T> {
    this.#closing.signal.throwIfAborted();
    signal?.throwIfAborted();
    return abortable(abortable(work(), signal), this.#closing.signal);
  }
}
