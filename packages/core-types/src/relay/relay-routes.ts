import type { AbortOptions } from "../wait/abort-options.js";
import type { RouteTable } from "./route.js";

/**
 * The routes of a UDP relay.
 *
 * Everywhere: addresses are taken in any spelling and handed out canonical; a bad one is
 * `INVALID_ARGUMENT` before anything is sent, and so is an option that the call does not know; a relay
 * that can't be reached is `UNAVAILABLE`, one that doesn't answer in time `TIMEOUT`, one that wants
 * another token `UNAUTHORIZED`.
 */
export interface RelayRoutes {
  /**
   * Routes the player's packets to `backend`, also those of sessions that are open.
   *
   * @throws `INVALID_BACKEND` (the relay refused it)
   */
  setRoute(playerIp: string, backend: string, options?: AbortOptions): Promise<void>;

  /** Removes the route and closes the player's sessions. It is no error where there was none. */
  deleteRoute(playerIp: string, options?: AbortOptions): Promise<void>;

  /** Closes the player's sessions and keeps the route. It is no error where there was none. */
  deleteSession(playerIp: string, options?: AbortOptions): Promise<void>;

  /**
   * All routes.
   *
   * @throws `BAD_RESPONSE` where one of them is malformed: a table that lacks what could not be read
   *   would pass for the whole.
   */
  listRoutes(options?: AbortOptions): Promise<RouteTable>;

  /** Resolves where the relay says that it is healthy. */
  health(options?: AbortOptions): Promise<{ readonly status: string }>;
}
