import { hasErrorCode, RelayError, type RelayRoutes, type RouteTable } from "@potassium/core-types";
import type { KeptEntry } from "./kept-entry.js";
import type { KeptRoutes } from "./kept-routes.js";
import { RelayWatch } from "./relay-watch.js";
import { RouteApplier } from "./route-applier.js";
import type { RouteKeeperEvent } from "./route-keeper-event.js";
import type { RouteKeeperSettings } from "./route-keeper-options.js";
import { checkTable } from "./table-check.js";

export interface RelayLinkOptions {
  readonly relay: RelayRoutes;
  readonly routes: KeptRoutes;
  readonly settings: RouteKeeperSettings;
  readonly tell: (event: RouteKeeperEvent) => void;
}

/**
 * Holds a relay to what is wanted: sends what changes, looks whether it is still there, and sends again
 * what is not. While the relay can't be used nothing is sent, until a look succeeds.
 */
export class RelayLink {
  readonly #routes: KeptRoutes;
  readonly #settings: RouteKeeperSettings;
  readonly #tell: (event: RouteKeeperEvent) => void;
  readonly #applier: RouteApplier;
  readonly #watch: RelayWatch;
  #isAvailable = true;
  /** Whether the last change failed: a relay may let itself be looked at and take no change. */
  #isChangeOverdue = false;
  #lastFailure: unknown;

  constructor({ relay, routes, settings, tell }: RelayLinkOptions) {
    this.#routes = routes;
    this.#settings = settings;
    this.#tell = tell;
    this.#applier = new RouteApplier({
      relay,
      atOnce: settings.concurrency,
      onDone: () => {
        this.#isChangeOverdue = false;
        // Looking decides first about a relay that was found unavailable.
        if (!this.#applier.isPaused) this.#available();
      },
      onRefused: ({ playerIp, wanted }, error) => {
        const backend = wanted === undefined ? {} : { backend: wanted };
        this.#tell({ type: "refused", playerIp, ...backend, error });
      },
      onUnavailable: (error) => {
        this.#isChangeOverdue = true;
        this.#unavailable(error);
        this.#watch.hurry();
      },
    });
    this.#watch = new RelayWatch({
      ...settings,
      relay,
      mark: () => this.#applier.mark(),
      onTable: (table, since) => this.#check(table, since),
      onFailure: (error) => this.#unavailable(error),
    });
  }

  /** Why the relay can't be used; `undefined` where it can. */
  get trouble(): unknown {
    return this.#isAvailable ? undefined : this.#lastFailure;
  }

  /**
   * Why nothing will be sent unless somebody does something about it: the relay wants another token, or
   * its client was closed. `undefined` while a change is tried again.
   */
  get blockage(): unknown {
    const isLasting = hasErrorCode(this.#lastFailure, "UNAUTHORIZED", "DISPOSED");
    return this.#applier.isPaused && isLasting ? this.#lastFailure : undefined;
  }

  /** Something else is wanted for the entry. */
  changed(entry: KeptEntry): void {
    entry.change();
    const isUnknown = entry.sent.size === 0 && !entry.isRunning;
    if (entry.wanted === undefined && isUnknown) this.#gone(entry);
    else this.#applier.request(entry);
  }

  /**
   * Resolves once nothing is to be sent, or the signal aborts.
   *
   * @throws the blockage.
   */
  async settled(signal: AbortSignal): Promise<void> {
    const isDone = () => this.#applier.pending === 0 || signal.aborted;
    let blockage: unknown;
    await this.#applier.until(() => {
      blockage = isDone() ? undefined : this.blockage;
      return isDone() || blockage !== undefined;
    });
    if (blockage !== undefined) throw blockage;
  }

  look(): Promise<void> {
    return this.#watch.look();
  }

  /** @throws {RelayError} `UNAVAILABLE` where routes should be deleted and could not. */
  async close(reason: Error): Promise<void> {
    await this.#watch.close(reason);
    try {
      if (this.#settings.onClose === "delete") await this.#deleteAll();
    } finally {
      this.#applier.stop(reason);
      await this.#applier.until(() => this.#applier.isQuiet);
    }
  }

  async #deleteAll(): Promise<void> {
    for (const { playerIp } of this.#routes.entries()) this.#routes.delete(playerIp);
    this.#applier.resume();
    await this.#applier.until(() => this.#applier.isQuiet);
    const left = this.#routes.entries().filter(({ state }) => state !== "applied");
    const [first] = left;
    if (first === undefined) return;
    throw new RelayError(
      "UNAVAILABLE",
      `${left.length} routes could not be deleted from the relay when the keeper was closed, that of ${first.playerIp} for one`,
      { cause: first.refusal ?? this.#lastFailure },
    );
  }

  /** The relay was looked at: puts right what differs. */
  #check(table: RouteTable, since: number): void {
    const entries = this.#routes.entries();
    const { right, wrong, gone, lost, lostAll, unknown, changed } = checkTable(
      entries,
      table,
      since,
    );
    for (const entry of gone) this.#gone(entry);
    for (const entry of right) {
      this.#applier.withdraw(entry);
      entry.sent = new Set([entry.wanted as string]);
      if (entry.state !== "applied") entry.settle("applied");
    }
    for (const { entry, found } of changed) {
      const { playerIp, wanted: backend = "" } = entry;
      this.#tell({ type: "changed-elsewhere", playerIp, backend, found });
    }
    if (lost.length > 0) {
      const playerIps = Object.freeze(lost.map(({ playerIp }) => playerIp));
      this.#tell({ type: "routes-lost", playerIps, all: lostAll });
    }
    for (const entry of wrong) {
      // A refused one stays so until the relay takes it.
      if (entry.state === "applied") entry.state = "pending";
      this.#applier.request(entry);
    }
    if (lost.length > 0) for (const entry of unknown) this.#sendAgain(entry);
    if (!this.#isChangeOverdue || this.#applier.pending === 0) this.#available();
    this.#applier.resume();
  }

  /** A relay that has restarted may have taken this one before it did, whatever it answered. */
  #sendAgain(entry: KeptEntry): void {
    if (entry.wanted === undefined || entry.state === "refused") return;
    entry.change();
    this.#applier.request(entry);
  }

  #gone(entry: KeptEntry): void {
    this.#routes.forget(entry);
    this.#applier.withdraw(entry);
    entry.settle("applied");
  }

  #available(): void {
    this.#isChangeOverdue = false;
    this.#watch.recovered();
    if (this.#isAvailable) return;
    this.#isAvailable = true;
    this.#tell({ type: "available" });
  }

  #unavailable(error: unknown): void {
    this.#lastFailure = error;
    this.#applier.pause();
    if (this.#isAvailable) {
      this.#isAvailable = false;
      this.#tell({ type: "unavailable", error });
    }
    if (this.blockage === undefined) return;
    for (const entry of this.#routes.entries()) entry.wake();
  }
}
