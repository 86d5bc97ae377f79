import type { AbortOptions } from "../wait/abort-options.js";
import type { Awaitable } from "../wait/awaitable.js";
import type { LobbyClaim, LobbyRequestInput, SeatClaim, SeatRequestInput } from "./claim.js";
import type { DrainOptions, DrainResult } from "./drain.js";
import type { Lease } from "./lease.js";
import type { ListFilter, ServerConditions } from "./list-filter.js";
import type { MatchInfo, MatchInput } from "./match-info.js";
import type { RegistryChange } from "./registry-change.js";
import type { ServerChange } from "./server-change.js";
import type { ServerInput } from "./server-info.js";
import type { SeatOrder } from "./server-order.js";
import type { ListOptions, PageOptions, ServerPage } from "./server-page.js";
import type { ServerRecord } from "./server-record.js";

export interface RegisterOptions extends AbortOptions {
  /** The server expires when no heartbeat comes for so many milliseconds: up to a year. @default the registry's own, which may be never */
  readonly ttlMs?: number | undefined;
  /**
   * What becomes of the matches that a server of this id has already: `replace` takes those of the new record alone,
   * `keep` those that the new record does not name as well. @default "replace"
   */
  readonly matches?: "replace" | "keep" | undefined;
}

export interface VersionOptions extends AbortOptions {
  /** Only where the record has this version; otherwise `CONFLICT` with the field `ifVersion`, and nothing changes. */
  readonly ifVersion?: number | undefined;
}

export interface FindOptions extends AbortOptions {
  /** Free places at least. @default 1 */
  readonly seats?: number | undefined;
  /** @default "oldest" */
  readonly order?: SeatOrder | undefined;
  /** What else must be true of the server. */
  readonly where?: ServerConditions | undefined;
}

export interface HeartbeatOptions extends AbortOptions {
  /** From now on. @default as before */
  readonly ttlMs?: number | undefined;
}

export interface Heartbeat {
  /** When the server expires, in milliseconds since 1970; left out where it has no TTL and never does. */
  readonly expiresAtMs?: number | undefined;
}

export interface WatchOptions extends AbortOptions {
  /**
   * The version after which to begin: that of a record, of a change or of a resync. 0 gives everything there is.
   * @default now
   */
  readonly from?: number | undefined;
}

/** A ready match and the server that it is on. */
export interface ReadyMatch {
  readonly server: ServerRecord;
  readonly matchId: string;
  readonly match: MatchInfo;
}

/**
 * Knows which lobby and game servers there are, and their matches, and gives each seat to one player.
 *
 * A registry in memory may answer at once, one on a network with a promise: `await` takes both.
 * Everywhere: a bad argument, an unknown option too, is `INVALID_ARGUMENT` with its `field`, and changes nothing; what is
 * handed out is a frozen snapshot; a call after disposal is `DISPOSED`. Lists and finds are ordered by the time of registration
 * unless they ask for another order.
 *
 * A match's `need` and a lobby's `maxPlayers - players` are the seats that the server itself reports. Claims hold seats on top of that:
 * free is what neither is taken nor held. Finds and claims pass over servers that are draining, expired or unhealthy.
 */
export interface ServerRegistry extends AsyncDisposable {
  /**
   * Adds a server, or replaces the one with this id. One that is registered again
   * keeps its place in the order, its drain and the claims on matches that it still has; one that was unregistered comes back last.
   */
  register(server: ServerInput, options?: RegisterOptions): Awaitable<ServerRecord>;

  /**
   * Removes a server with its matches and claims.
   *
   * @returns whether there was one.
   * @throws `CONFLICT` (another version)
   */
  unregister(id: string, options?: VersionOptions): Awaitable<boolean>;

  /** The server, an expired one too until its grace is over. */
  get(id: string, options?: AbortOptions): Awaitable<ServerRecord | undefined>;

  list(filter?: ListFilter, options?: ListOptions): Awaitable<readonly ServerRecord[]>;

  /**
   * A list in parts.
   *
   * @throws `INVALID_ARGUMENT` (a cursor of another filter or order, or none of this registry's)
   */
  page(filter?: ListFilter, options?: PageOptions): Awaitable<ServerPage>;

  /**
   * Changes a server's record. A function gets the present record and gives what changes, at once and
   * not as a promise; nothing else changes the record in between, so on a network it may be called again.
   *
   * @throws `NOT_FOUND`, `CONFLICT` (another version)
   */
  update(
    id: string,
    change: ServerChange | ((server: ServerRecord) => ServerChange),
    options?: VersionOptions,
  ): Awaitable<ServerRecord>;

  /**
   * Adds a match to a server or replaces it. A function gets the present match, if there is one, and
   * gives the whole new one; nothing else changes the match in between. Claims on the match stay.
   *
   * @throws `NOT_FOUND` (the server), `CONFLICT` (another version)
   */
  updateMatch(
    serverId: string,
    matchId: string,
    match: MatchInput | ((match: MatchInfo | undefined) => MatchInput),
    options?: VersionOptions,
  ): Awaitable<MatchInfo>;

  /**
   * Removes a match with the claims on it.
   *
   * @returns whether the server had this match.
   * @throws `NOT_FOUND` (the server), `CONFLICT` (another version)
   */
  removeMatch(serverId: string, matchId: string, options?: VersionOptions): Awaitable<boolean>;

  /** A lobby with room. */
  findLobby(options?: FindOptions): Awaitable<ServerRecord | undefined>;

  /** A ready match of this mode with free seats, on a game server. Another may take it: to be sure of it, claim it. */
  findReadyMatch(mode: string, options?: FindOptions): Awaitable<ReadyMatch | undefined>;

  /**
   * Holds seats in one ready match of a game server: all or none, and never more than are free, whoever else claims at the same time.
   *
   * @throws `CONFLICT` (the idempotency key of another request, with the field `idempotencyKey`)
   */
  claimSeats(request: SeatRequestInput, options?: AbortOptions): Awaitable<SeatClaim>;

  /**
   * Holds places in one lobby: all or none, and never more than are free.
   *
   * @throws `CONFLICT` (the idempotency key of another request, with the field `idempotencyKey`)
   */
  claimLobby(request: LobbyRequestInput, options?: AbortOptions): Awaitable<LobbyClaim>;

  /**
   * Turns held seats into taken ones: the match's `need` falls and its `players` gain the party, or the lobby's `players` rise. Players of
   * the party whom the match has already are not counted twice. Once more for the same lease it changes nothing.
   *
   * @throws `NOT_FOUND` (expired, released, gone with its match or server, or never there), `CONFLICT` (the server
   *   has expired, or has reported since that there is no room; the lease is still held)
   */
  confirm(leaseId: string, options?: AbortOptions): Awaitable<Lease>;

  /**
   * Holds the seats until so many milliseconds from now.
   *
   * @throws `NOT_FOUND`, `CONFLICT` (it is confirmed)
   */
  extend(leaseId: string, ttlMs: number, options?: AbortOptions): Awaitable<Lease>;

  /**
   * Gives held seats back.
   *
   * @returns whether they were held.
   * @throws `CONFLICT` (it is confirmed: the server's record counts the players, `updateMatch` or `update` takes them out)
   */
  release(leaseId: string, options?: AbortOptions): Awaitable<boolean>;

  getLease(leaseId: string, options?: AbortOptions): Awaitable<Lease | undefined>;

  /**
   * The held leases on a server, oldest first.
   *
   * @throws `NOT_FOUND`
   */
  listLeases(serverId: string, options?: AbortOptions): Awaitable<readonly Lease[]>;

  /**
   * Says that the server lives. One that has expired comes back.
   *
   * @throws `NOT_FOUND`: the registry does not know it, or no longer: register it again.
   */
  heartbeat(id: string, options?: HeartbeatOptions): Awaitable<Heartbeat>;

  /**
   * Takes a server out of the finds and claims, and waits until nobody is on it. It stays out when the deadline passes, and when the
   * wait is aborted or fails: `undrain` it.
   *
   * @throws `NOT_FOUND`
   */
  drain(id: string, options?: DrainOptions): Promise<DrainResult>;

  /**
   * Takes a drain back.
   *
   * @throws `NOT_FOUND`
   */
  undrain(id: string, options?: AbortOptions): Awaitable<ServerRecord>;

  /**
   * Changes of the records, in the order of their versions, each once. A reader that is too far behind, or that begins
   * before what is kept, gets a `resync` in place of what it missed. Without `from` it begins with the call. Leaving the loop releases what it holds; disposal ends it.
   */
  watch(options?: WatchOptions): AsyncIterable<RegistryChange>;
}
