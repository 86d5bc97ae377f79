import {
  type AbortOptions,
  type ListFilter,
  type MatchInfo,
  type MatchInput,
  type ReadyMatch,
  RegistryError,
  type ServerChange,
  type ServerInfo,
  type ServerInput,
  type ServerRegistry,
} from "@potassium/core-types";
import { changedServer } from "./changed-server.js";
import { ServerStore } from "./memory/server-store.js";
import { parseFilter, parseId, parseMatch, parseMode, parseServer } from "./parse-argument.js";

/**
 * Knows which lobby and game servers there are, and their matches, in this process's memory.
 *
 * Every call answers at once, without a promise, and throws where `ServerRegistry` says that it
 * rejects: `INVALID_ARGUMENT` with the `field` at fault, the signal's reason where it was aborted
 * before. What is handed out is frozen, and what was given is copied. Lists and finds are in the order
 * of registration; a server that is registered again keeps its place.
 *
 * @example
 * ```ts
 * const registry = new Registry();
 * registry.register({ id: "skywars-1", type: "game", mode: "skywars", host: "10.99.0.10", port: 5520 });
 * registry.updateMatch("skywars-1", "m1", { status: "ready", need: 8 });
 * registry.findReadyMatch("skywars")?.server.host; // "10.99.0.10"
 * ```
 */
export class Registry implements ServerRegistry {
  readonly #store = new ServerStore();

  /**
   * Adds a server, or replaces the one with this id, its matches included.
   *
   * @throws {RegistryError} `INVALID_ARGUMENT`
   */
  register(server: ServerInput, options?: AbortOptions): ServerInfo {
    options?.signal?.throwIfAborted();
    const record = parseServer(server);
    this.#store.set(record);
    return record;
  }

  /**
   * @returns whether there was one.
   * @throws {RegistryError} `INVALID_ARGUMENT`
   */
  unregister(id: string, options?: AbortOptions): boolean {
    options?.signal?.throwIfAborted();
    return this.#store.delete(parseId(id, "id"));
  }

  /** @throws {RegistryError} `INVALID_ARGUMENT` */
  get(id: string, options?: AbortOptions): ServerInfo | undefined {
    options?.signal?.throwIfAborted();
    // An id that is in the store was parsed when it came there.
    return this.#store.get(id) ?? this.#store.get(parseId(id, "id"));
  }

  /**
   * The servers for which all of the filter holds.
   *
   * @throws {RegistryError} `INVALID_ARGUMENT`
   */
  list(filter: ListFilter = {}, options?: AbortOptions): readonly ServerInfo[] {
    options?.signal?.throwIfAborted();
    return this.#store.list(parseFilter(filter));
  }

  /**
   * Changes a server's record: what is left out or undefined stays. A function gets the present record
   * and gives what changes. It must not be async, nor change the server itself.
   *
   * @throws {RegistryError} `NOT_FOUND`, `INVALID_ARGUMENT`, `CONFLICT` (the function changed the
   *   server); and what the function throws
   */
  update(
    id: string,
    change: ServerChange | ((server: ServerInfo) => ServerChange),
    options?: AbortOptions,
  ): ServerInfo {
    options?.signal?.throwIfAborted();
    const server = this.#known(id, "id");
    const given = typeof change === "function" ? change(server) : change;
    const changed = changedServer(server, given);
    this.#replace(server, changed);
    return changed;
  }

  /**
   * Adds a match to a server or replaces it. A function gets the present match, if there is one, and
   * gives the whole new one. It must not be async, nor change the server itself.
   *
   * @throws {RegistryError} `NOT_FOUND` (the server), `INVALID_ARGUMENT`, `CONFLICT` (the function
   *   changed the server); and what the function throws
   */
  updateMatch(
    serverId: string,
    matchId: string,
    match: MatchInput | ((match: MatchInfo | undefined) => MatchInput),
    options?: AbortOptions,
  ): MatchInfo {
    options?.signal?.throwIfAborted();
    parseId(matchId, "matchId");
    const server = this.#known(serverId, "serverId");
    const present = Object.hasOwn(server.matches, matchId) ? server.matches[matchId] : undefined;
    const record = parseMatch(typeof match === "function" ? match(present) : match);
    const matches = Object.freeze({ ...server.matches, [matchId]: record });
    this.#replace(server, Object.freeze({ ...server, matches }));
    return record;
  }

  /**
   * @returns whether the server had this match.
   * @throws {RegistryError} `NOT_FOUND` (the server), `INVALID_ARGUMENT`
   */
  removeMatch(serverId: string, matchId: string, options?: AbortOptions): boolean {
    options?.signal?.throwIfAborted();
    parseId(matchId, "matchId");
    const server = this.#known(serverId, "serverId");
    if (!Object.hasOwn(server.matches, matchId)) return false;
    const { [matchId]: _, ...rest } = server.matches;
    this.#replace(server, Object.freeze({ ...server, matches: Object.freeze(rest) }));
    return true;
  }

  /** The lobby with room for a player that was registered first. */
  findLobby(options?: AbortOptions): ServerInfo | undefined {
    options?.signal?.throwIfAborted();
    return this.#store.findLobby();
  }

  /**
   * A ready match of this mode, on the game server that was registered first.
   *
   * @throws {RegistryError} `INVALID_ARGUMENT`
   */
  findReadyMatch(mode: string, options?: AbortOptions): ReadyMatch | undefined {
    options?.signal?.throwIfAborted();
    return this.#store.findReadyMatch(parseMode(mode));
  }

  #known(id: string, field: "id" | "serverId"): ServerInfo {
    const server = this.#store.get(id) ?? this.#store.get(parseId(id, field));
    if (server !== undefined) return server;
    throw new RegistryError(
      "NOT_FOUND",
      `no server ${JSON.stringify(id)} is registered: register it first`,
      { field },
    );
  }

  #replace(server: ServerInfo, changed: ServerInfo): void {
    if (this.#store.get(server.id) !== server) {
      throw new RegistryError(
        "CONFLICT",
        `the function that updates ${server.id} changed it by itself: it may only give what changes`,
      );
    }
    this.#store.set(changed);
  }
}
