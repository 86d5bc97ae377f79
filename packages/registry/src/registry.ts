import type {
  AbortOptions,
  DrainOptions,
  DrainResult,
  FindOptions,
  Heartbeat,
  HeartbeatOptions,
  Lease,
  ListFilter,
  ListOptions,
  LobbyClaim,
  LobbyRequestInput,
  MatchInfo,
  MatchInput,
  PageOptions,
  ReadyMatch,
  RegisterOptions,
  RegistryChange,
  SeatClaim,
  SeatRequestInput,
  ServerChange,
  ServerInput,
  ServerPage,
  ServerRecord,
  ServerRegistry,
  VersionOptions,
  WatchOptions,
} from "@potassium/core-types";
import { abortable } from "@potassium/core-types";
import * as names from "./check-options.js";
import { expectUntouched } from "./memory/expect-untouched.js";
import { listServers, pageOfServers } from "./memory/listed-servers.js";
import { MemoryState } from "./memory/memory-state.js";
import { putInto, snapshotOf } from "./memory/snapshot/snapshot.js";
import { parsePath, readSnapshotFile, writeSnapshotFile } from "./memory/snapshot/snapshot-file.js";
import { waitUntilDrained } from "./memory/wait-until-drained.js";
import { watchChanges } from "./memory/watch-changes.js";
import * as parse from "./parse-argument.js";
import { parseFindOptions, parseLobbyRequest, parseMode, parseSeatRequest } from "./parse-claim.js";
import { parseListOptions, parsePageOptions } from "./parse-list.js";
import { changedFields } from "./record/changed-fields.js";
import { expectVersion } from "./record/other-version.js";
import { withKeptMatches } from "./record/registered-server.js";
import { sameMatch } from "./record/same-match.js";
import { parseRegistryOptions, type RegistryOptions, restoreOptions } from "./registry-options.js";

/**
 * Knows which lobby and game servers there are, and their matches, and gives each seat to one player, in this
 * process's memory.
 *
 * Every call but `drain` and `watch` answers at once, without a promise, and throws where `ServerRegistry` says
 * that it rejects. What is handed out is frozen, and what was given is copied.
 *
 * @example
 * ```ts
 * const registry = new Registry();
 * registry.register({ id: "skywars-1", type: "game", mode: "skywars", host: "10.99.0.10", port: 5520 });
 * registry.updateMatch("skywars-1", "m1", { status: "ready", need: 8 });
 * const claim = registry.claimSeats({ mode: "skywars", party: ["ann", "bob"] });
 * if (claim.state === "claimed") registry.confirm(claim.lease.id);
 * ```
 */
export class Registry implements ServerRegistry {
  #state: MemoryState;
  /** The saves that are under way, one after the other: a later state never gives way to an earlier one. */
  #saving: Promise<unknown> = Promise.resolve();

  /** @throws {RegistryError} `INVALID_ARGUMENT` */
  constructor(options: RegistryOptions = {}) {
    this.#state = new MemoryState(parseRegistryOptions(options));
  }

  /**
   * A registry that goes on where the saved one was: with its servers in their order, its claims with the time they had left, its
   * drains and idempotency keys. Versions and fencing tokens rise on. Each server has its whole TTL again, since it could
   * not send heartbeats meanwhile.
   *
   * @throws {RegistryError} `NOT_FOUND` (no such file), `CORRUPT_SNAPSHOT`, `IO_ERROR`, `INVALID_ARGUMENT`
   */
  static async restore(
    path: string,
    options: RegistryOptions & AbortOptions = {},
  ): Promise<Registry> {
    const { signal, ...settings } = restoreOptions(options);
    const registry = new Registry(settings);
    const snapshot = await readSnapshotFile(parsePath(path), { signal });
    registry.#state = new MemoryState(registry.#state.settings, snapshot.version);
    putInto(registry.#state, snapshot);
    return registry;
  }

  /**
   * Writes the registry, as it is when its turn comes, to a file in place of the one there. At any time, a loss of power
   * included, the file is a whole snapshot, the old or the new one.
   *
   * @throws {RegistryError} `IO_ERROR` (nothing is left beside the file), `INVALID_ARGUMENT`
   */
  async saveSnapshot(path: string, options: AbortOptions = {}): Promise<void> {
    this.#state.enter(options);
    const target = parsePath(path);
    const before = this.#saving;
    const saved = abortable(before, options.signal).then(() => {
      this.#state.enter(options);
      return writeSnapshotFile(target, snapshotOf(this.#state), options);
    });
    this.#saving = Promise.allSettled([before, saved]);
    return saved;
  }

  register(server: ServerInput, options?: RegisterOptions): ServerRecord {
    const nowMs = this.#state.enter(options, names.registerOptions);
    const info = parse.parseServer(server);
    const ttlMs = parse.parseServerTtl(options?.ttlMs) ?? this.#state.settings.defaultTtlMs;
    const keeps = parse.parseKeepsMatches(options?.matches);
    const { store, lifetimes } = this.#state;
    const known = store.get(info.id);
    if (known !== undefined) {
      store.replace(known, keeps ? withKeptMatches(info, known.server) : info, nowMs);
    }
    const entry = known ?? store.register(info, nowMs);
    this.#state.expiring(lifetimes.renew(entry, ttlMs, nowMs));
    return entry.server;
  }

  unregister(id: string, options?: VersionOptions): boolean {
    const nowMs = this.#state.enter(options, names.versionOptions);
    const entry = this.#state.store.get(parse.parseId(id, "id"));
    const ifVersion = parse.parseVersion(options?.ifVersion, "ifVersion");
    if (entry === undefined) return false;
    expectVersion(entry.server, ifVersion);
    this.#state.remove(entry, nowMs);
    return true;
  }

  get(id: string, options?: AbortOptions): ServerRecord | undefined {
    this.#state.enterToGet(options);
    const { store } = this.#state;
    // An id that is in the store was parsed when it came there.
    return (store.get(id) ?? store.get(parse.parseId(id, "id")))?.server;
  }

  list(filter: ListFilter = {}, options?: ListOptions): readonly ServerRecord[] {
    this.#state.enter(options, names.listOptions);
    const window = parseListOptions(options);
    return listServers(this.#state.store.lists, parse.parseFilter(filter), window);
  }

  page(filter: ListFilter = {}, options?: PageOptions): ServerPage {
    this.#state.enter(options, names.pageOptions);
    const parsed = parse.parseFilter(filter);
    return pageOfServers(this.#state.store.lists, parsed, parsePageOptions(parsed, options));
  }

  /** A function that is async is `INVALID_ARGUMENT`, one that changes the server by itself `CONFLICT`. */
  update(
    id: string,
    change: ServerChange | ((server: ServerRecord) => ServerChange),
    options?: VersionOptions,
  ): ServerRecord {
    const nowMs = this.#state.enter(options, names.versionOptions);
    const { entry, server } = this.#changing(id, "id", options);
    const given = typeof change === "function" ? change(server) : change;
    const fields = changedFields(server, given);
    expectUntouched(entry, server);
    return fields === undefined ? server : this.#state.store.change(entry, fields, nowMs);
  }

  /** A function that is async is `INVALID_ARGUMENT`, one that changes the server by itself `CONFLICT`. */
  updateMatch(
    serverId: string,
    matchId: string,
    match: MatchInput | ((match: MatchInfo | undefined) => MatchInput),
    options?: VersionOptions,
  ): MatchInfo {
    const nowMs = this.#state.enter(options, names.versionOptions);
    const { entry, server } = this.#changing(serverId, "serverId", options);
    const present = entry.matches.get(matchId)?.info;
    if (present === undefined) parse.parseId(matchId, "matchId");
    const info = parse.parseMatch(typeof match === "function" ? match(present) : match);
    expectUntouched(entry, server);
    if (present !== undefined && sameMatch(present, info)) return present;
    this.#state.store.setMatch(entry, matchId, info, nowMs);
    return info;
  }

  removeMatch(serverId: string, matchId: string, options?: VersionOptions): boolean {
    const nowMs = this.#state.enter(options, names.versionOptions);
    parse.parseId(matchId, "matchId");
    const { entry, server } = this.#changing(serverId, "serverId", options);
    if (!Object.hasOwn(server.matches, matchId)) return false;
    const { [matchId]: _, ...rest } = server.matches;
    this.#state.store.change(entry, { matches: Object.freeze(rest) }, nowMs);
    return true;
  }

  findLobby(options?: FindOptions): ServerRecord | undefined {
    this.#state.enterToFind(options, names.findOptions);
    return this.#state.store.seats.lobby(undefined, parseFindOptions(options))?.server;
  }

  findReadyMatch(mode: string, options?: FindOptions): ReadyMatch | undefined {
    this.#state.enterToFind(options, names.findOptions);
    const found = this.#state.store.seats.match(parseMode(mode), parseFindOptions(options));
    if (found === undefined) return undefined;
    return Object.freeze({ server: found.entry.server, matchId: found.id, match: found.info });
  }

  /** Is never contended. */
  claimSeats(request: SeatRequestInput, options?: AbortOptions): SeatClaim {
    const nowMs = this.#state.enter(options);
    return this.#state.expiring(this.#state.claims.claimSeats(parseSeatRequest(request), nowMs));
  }

  /** Is never contended. */
  claimLobby(request: LobbyRequestInput, options?: AbortOptions): LobbyClaim {
    const nowMs = this.#state.enter(options);
    return this.#state.expiring(this.#state.claims.claimLobby(parseLobbyRequest(request), nowMs));
  }

  confirm(leaseId: string, options?: AbortOptions): Lease {
    const nowMs = this.#state.enter(options);
    return this.#state.claims.confirm(this.#leaseId(leaseId), nowMs);
  }

  extend(leaseId: string, ttlMs: number, options?: AbortOptions): Lease {
    const nowMs = this.#state.enter(options);
    const id = this.#leaseId(leaseId);
    return this.#state.expiring(this.#state.claims.extend(id, parse.parseLeaseTtl(ttlMs), nowMs));
  }

  release(leaseId: string, options?: AbortOptions): boolean {
    this.#state.enter(options);
    return this.#state.claims.release(this.#leaseId(leaseId));
  }

  getLease(leaseId: string, options?: AbortOptions): Lease | undefined {
    this.#state.enter(options);
    return this.#state.store.leases.get(this.#leaseId(leaseId))?.lease;
  }

  listLeases(serverId: string, options?: AbortOptions): readonly Lease[] {
    this.#state.enter(options);
    const { leases } = this.#state.known(serverId, "serverId");
    const all = Array.from(leases ?? [], ({ lease }) => lease);
    return Object.freeze(all.filter(({ state }) => state === "held"));
  }

  heartbeat(id: string, options?: HeartbeatOptions): Heartbeat {
    const nowMs = this.#state.enter(options, names.heartbeatOptions);
    const entry = this.#state.known(id, "id");
    const ttlMs = parse.parseServerTtl(options?.ttlMs) ?? entry.ttlMs;
    return this.#state.expiring(this.#state.lifetimes.renew(entry, ttlMs, nowMs));
  }

  async drain(id: string, options: DrainOptions = {}): Promise<DrainResult> {
    const nowMs = this.#state.enter(options, names.drainOptions);
    const deadlineMs = parse.parseDeadline(options.deadlineMs);
    const entry = this.#state.known(id, "id");
    this.#state.setDraining(entry, true, nowMs);
    const release = this.#state.keepTime();
    try {
      return await waitUntilDrained(entry, deadlineMs, options, () => this.#state.disposed);
    } finally {
      release();
    }
  }

  undrain(id: string, options?: AbortOptions): ServerRecord {
    const nowMs = this.#state.enter(options);
    const entry = this.#state.known(id, "id");
    this.#state.setDraining(entry, false, nowMs);
    return entry.server;
  }

  watch(options: WatchOptions = {}): AsyncIterable<RegistryChange> {
    this.#state.throwIfDisposed();
    names.checkOptions(options, names.watchOptions);
    const from = parse.parseVersion(options.from, "from");
    this.#state.settle();
    return watchChanges(this.#state, this.#state.cursorFrom(from), options);
  }

  /** Ends the watches and drains. Later calls are `DISPOSED`. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#state.dispose();
  }

  /** An id that is known needs no check. */
  #leaseId(id: string): string {
    return this.#state.store.leases.get(id) === undefined ? parse.parseId(id, "leaseId") : id;
  }

  #changing(id: string, field: "id" | "serverId", options: VersionOptions | undefined) {
    const ifVersion = parse.parseVersion(options?.ifVersion, "ifVersion");
    const entry = this.#state.known(id, field);
    expectVersion(entry.server, ifVersion);
    return { entry, server: entry.server };
  }
}
