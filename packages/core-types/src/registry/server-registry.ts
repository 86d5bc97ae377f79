import type { AbortOptions } from "../wait/abort-options.js";
import type { Awaitable } from "../wait/awaitable.js";
import type { ListFilter } from "./list-filter.js";
import type { MatchInfo, MatchInput } from "./match-info.js";
import type { ServerInfo, ServerInput } from "./server-info.js";

/**
 * Changes of a server's record. What is left out or `undefined` stays. The id may be there unchanged, so
 * that `{ ...server, players: 4 }` is a change too; another id is `INVALID_ARGUMENT`.
 */
export type ServerChange = Partial<Omit<ServerInput, "id">>;

/** A ready match and the server that it is on. */
export interface ReadyMatch {
  readonly server: ServerInfo;
  readonly matchId: string;
  readonly match: MatchInfo;
}

/**
 * Knows which lobby and game servers there are, and their matches.
 *
 * A registry in memory may answer at once, one on a network with a promise: `await` takes both.
 * Everywhere: a bad argument is `INVALID_ARGUMENT` with its `field`, and changes nothing; what is
 * handed out is a frozen snapshot. Lists and finds are ordered by the time of registration.
 */
export interface ServerRegistry {
  /**
   * Adds a server, or replaces the one with this id, its matches included. One that is registered again
   * keeps its place in the order; one that was unregistered comes back last.
   */
  register(server: ServerInput, options?: AbortOptions): Awaitable<ServerInfo>;

  /** @returns whether there was one. */
  unregister(id: string, options?: AbortOptions): Awaitable<boolean>;

  get(id: string, options?: AbortOptions): Awaitable<ServerInfo | undefined>;

  list(filter?: ListFilter, options?: AbortOptions): Awaitable<readonly ServerInfo[]>;

  /**
   * Changes a server's record. A function gets the present record and gives what changes, at once and
   * not as a promise; nothing else changes the record in between, so on a network it may be called again.
   *
   * @throws `NOT_FOUND`
   */
  update(
    id: string,
    change: ServerChange | ((server: ServerInfo) => ServerChange),
    options?: AbortOptions,
  ): Awaitable<ServerInfo>;

  /**
   * Adds a match to a server or replaces it. A function gets the present match, if there is one, and
   * gives the whole new one; nothing else changes the match in between.
   *
   * @throws `NOT_FOUND` (the server)
   */
  updateMatch(
    serverId: string,
    matchId: string,
    match: MatchInput | ((match: MatchInfo | undefined) => MatchInput),
    options?: AbortOptions,
  ): Awaitable<MatchInfo>;

  /**
   * @returns whether the server had this match.
   * @throws `NOT_FOUND` (the server)
   */
  removeMatch(serverId: string, matchId: string, options?: AbortOptions): Awaitable<boolean>;

  /** A lobby with room for a player. */
  findLobby(options?: AbortOptions): Awaitable<ServerInfo | undefined>;

  /** A ready match of this mode. */
  findReadyMatch(mode: string, options?: AbortOptions): Awaitable<ReadyMatch | undefined>;
}
