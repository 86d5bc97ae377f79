import { type AbortOptions, type RegistryChange, RegistryError } from "@potassium/core-types";
import { abortOptions, checkOptions } from "../check-options.js";
import { parseId } from "../parse-argument.js";
import { nextVersion } from "../record/next-version.js";
import type { RegistrySettings } from "../registry-options.js";
import { ChangeLog } from "./change-log.js";
import { Claims } from "./claims.js";
import type { ServerEntry } from "./entry.js";
import { ExpiryTimer } from "./expiry-timer.js";
import { Lifetimes } from "./lifetimes.js";
import { ServerStore } from "./server-store.js";
import type { WatchedRegistry } from "./watch-changes.js";

/** All that a registry in memory consists of, and its time. */
export class MemoryState implements WatchedRegistry {
  readonly settings: RegistrySettings;
  readonly log: ChangeLog;
  readonly store: ServerStore;
  readonly lifetimes: Lifetimes;
  readonly claims: Claims;
  readonly #timer: ExpiryTimer;
  #disposed: RegistryError | undefined;

  /** @param version that of a registry which goes on in this one: all versions to come are above it. */
  constructor(settings: RegistrySettings, version = 0) {
    this.settings = settings;
    const { graceMs, keptChanges, now } = settings;
    // Nothing of another life of the registry is in the log: who has seen that must see everything anew.
    const since = nextVersion(version, now());
    this.log = new ChangeLog(keptChanges, since);
    this.store = new ServerStore(this.log, since);
    this.lifetimes = new Lifetimes(this.store, graceMs);
    this.claims = new Claims(this.store);
    this.#timer = new ExpiryTimer(
      () => this.settle(),
      () => Math.min(this.lifetimes.nextMs, this.store.leases.nextMs),
      now,
    );
  }

  get disposed(): RegistryError | undefined {
    return this.#disposed;
  }

  get closed(): boolean {
    return this.#disposed !== undefined;
  }

  throwIfDisposed(): void {
    if (this.#disposed !== undefined) throw this.#disposed;
  }

  /** Lets what is due happen. @returns the time in milliseconds since 1970. */
  settle(): number {
    const nowMs = this.settings.now();
    if (this.store.leases.nextMs <= nowMs) this.store.leases.dropExpired(nowMs);
    if (this.lifetimes.nextMs <= nowMs) this.lifetimes.expire(nowMs);
    return nowMs;
  }

  /**
   * What each call does first.
   *
   * @param names of the options that the call takes.
   * @returns the time in milliseconds since 1970.
   */
  enter(options: AbortOptions | undefined, names = abortOptions): number {
    this.#admit(options, names);
    return this.settle();
  }

  /** As `enter`, without a look at the clock where nothing can be due. */
  enterToFind(options: AbortOptions | undefined, names: readonly string[]): void {
    this.enterToGet(options, names);
    if (this.store.leases.nextMs < Number.POSITIVE_INFINITY) this.settle();
  }

  /** As `enterToFind`, where leases don't matter. */
  enterToGet(options: AbortOptions | undefined, names = abortOptions): void {
    this.#admit(options, names);
    if (this.lifetimes.nextMs < Number.POSITIVE_INFINITY) this.settle();
  }

  /** @throws {RegistryError} `NOT_FOUND`, `INVALID_ARGUMENT` */
  known(id: string, field: "id" | "serverId"): ServerEntry {
    const entry = this.store.get(id) ?? this.store.get(parseId(id, field));
    if (entry !== undefined) return entry;
    const message = `no server ${JSON.stringify(id)} is registered: register it first`;
    throw new RegistryError("NOT_FOUND", message, { field });
  }

  /** The answer of a call after which something may fall due sooner than before. */
  expiring<Answer>(answer: Answer): Answer {
    this.#timer.adjust();
    return answer;
  }

  keepTime(): () => void {
    return this.#timer.hold();
  }

  remove(entry: ServerEntry, nowMs: number): void {
    this.lifetimes.forget(entry);
    this.store.remove(entry, "unregistered", nowMs);
  }

  setDraining(entry: ServerEntry, draining: boolean, nowMs: number): void {
    entry.draining = draining;
    this.lifetimes.showAvailability(entry, nowMs);
  }

  /** @param from a version; `undefined`: now. @returns `undefined` where only a resync helps. */
  cursorFrom(from: number | undefined): number | undefined {
    if (from === undefined) return this.log.end;
    return from > this.store.lastVersion ? undefined : this.log.cursorAfter(from);
  }

  resync(): RegistryChange {
    const servers = Object.freeze(Array.from(this.store.values(), ({ server }) => server));
    return Object.freeze({ kind: "resync", version: this.store.lastVersion, servers });
  }

  dispose(): void {
    this.#disposed ??= new RegistryError("DISPOSED", "the registry is disposed of: make a new one");
    for (const { waiting } of this.store.values()) for (const check of waiting ?? []) check();
    this.log.wake();
  }

  #admit(options: AbortOptions | undefined, names: readonly string[]): void {
    this.throwIfDisposed();
    if (options === undefined) return;
    checkOptions(options, names);
    options.signal?.throwIfAborted();
  }
}
