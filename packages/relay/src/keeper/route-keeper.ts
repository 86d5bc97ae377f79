import { type AbortOptions, abortable, RelayError, type RelayRoutes } from "@potassium/core-types";
import { parsePlayerIp, parseRoute } from "../client/parse-routes.js";
import { checkAbortOptions } from "../option/check-abort-options.js";
import { checkedFunction } from "../option/checked-function.js";
import { checkedChoice } from "./checked-choice.js";
import { checkedRelay } from "./checked-relay.js";
import { EventSource } from "./event-stream.js";
import { type KeptRoute, keptRoute, routeClaim } from "./kept-route.js";
import { KeptRoutes } from "./kept-routes.js";
import { RelayLink } from "./relay-link.js";
import type { RouteKeeperEvent } from "./route-keeper-event.js";
import {
  checkedKeepOptions,
  checkedOwner,
  type KeepOptions,
  type RouteKeeperOptions,
  routeKeeperSettings,
} from "./route-keeper-options.js";

/**
 * Keeps a relay's routes as they should be: it holds what is wanted, brings it to the relay, and looks
 * again and again whether the relay still has it. A relay that restarted gets everything anew.
 *
 * Routes that it was not told of are none of its business: it neither changes nor deletes them. The
 * relay stays its caller's, who closes it after the keeper. Until the keeper is closed, its next look
 * keeps the process alive.
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
    this.#relay = checkedRelay(relay);
    const settings = routeKeeperSettings(options);
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
    return keptRoute(entry, this.#link.trouble) as KeptRoute;
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
    return this.#routes.delete(parsePlayerIp(playerIp), checkedOwner(options));
  }

  /** @throws {RelayError} `INVALID_ARGUMENT` where it is no IP address. */
  get(playerIp: string): KeptRoute | undefined {
    const entry = this.#routes.get(parsePlayerIp(playerIp));
    return entry === undefined ? undefined : keptRoute(entry, this.#link.trouble);
  }

  /** All routes that are wanted, in the order in which their addresses came. */
  list(): readonly KeptRoute[] {
    const { trouble } = this.#link;
    const routes = this.#routes.entries().map((entry) => keptRoute(entry, trouble));
    return Object.freeze(routes.filter((route) => route !== undefined));
  }

  /**
   * Resolves once the relay has what is wanted for the player: the route as it is then, or none.
   *
   * @throws what the relay refused it with; `UNAUTHORIZED` where the relay wants another token, and
   *   `DISPOSED` where its client was closed, since neither mends itself; `INVALID_ARGUMENT`, `DISPOSED`.
   */
  async applied(playerIp: string, options: AbortOptions = {}): Promise<void> {
    checkAbortOptions(options);
    const ip = parsePlayerIp(playerIp);
    for (;;) {
      this.#closing.signal.throwIfAborted();
      const entry = this.#routes.get(ip);
      if (entry === undefined || entry.state === "applied") return;
      if (entry.state === "refused") throw entry.refusal;
      const { blockage } = this.#link;
      if (blockage !== undefined) throw blockage;
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
   * Resolves once nothing is pending: each route is on the relay or was refused. While the relay is
   * away, it waits.
   *
   * @throws {RelayError} `UNAUTHORIZED` where the relay wants another token, and `DISPOSED` where its
   *   client or the keeper was closed: neither mends itself.
   */
  async settled(options: AbortOptions = {}): Promise<void> {
    checkAbortOptions(options);
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
    checkAbortOptions(options);
    await this.#unlessClosed(() => this.#link.look(), options);
  }

  /**
   * Takes over routes that the relay has and the keeper does not know: after a restart of the
   * orchestrator, say.
   *
   * @param choose asked about each; answers at once how to keep it, or `undefined` to leave it alone.
   * @returns how many it took over.
   * @throws what `listRoutes` of the relay throws; `INVALID_ARGUMENT`, also where `choose` answers with
   *   something else, and nothing is taken over then; `DISPOSED`.
   */
  async adopt(
    choose: (playerIp: string, backend: string) => KeepOptions | undefined,
    options: AbortOptions = {},
  ): Promise<number> {
    checkedFunction(choose, "choose");
    checkAbortOptions(options);
    const table = await this.#unlessClosed(
      () => this.#relay.listRoutes({ signal: this.#closing.signal }),
      options,
    );
    // Also one that was deleted just now is known: that is for the keeper to finish.
    const isUnknown = (ip: string) => this.#routes.get(ip) === undefined;
    const chosen = Object.entries(table).flatMap(([playerIp, backend]) => {
      const choice = isUnknown(playerIp) ? checkedChoice(choose(playerIp, backend)) : undefined;
      return choice === undefined ? [] : [{ playerIp, backend, choice }];
    });
    // Asked once more, since choose may have set some itself.
    const adopted = chosen.filter(({ playerIp }) => isUnknown(playerIp));
    for (const { playerIp, backend, choice } of adopted) {
      this.#routes.adopt(playerIp, backend, choice);
    }
    return adopted.length;
  }

  /**
   * What happens from now on. The stream ends when the keeper is closed, and leaving the loop releases
   * it. A reader that falls too far behind gets `TOO_LARGE`.
   */
  events(options: AbortOptions = {}): AsyncIterableIterator<RouteKeeperEvent> {
    checkAbortOptions(options);
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
