/** Seats on a lobby or in a match, held for players who are on their way. Frozen. */
export interface Lease {
  /** Can't be guessed: a player's client may carry it. */
  readonly id: string;
  /** Rises with each claim, across restarts too: who acts for a lease can refuse an older one. */
  readonly fencingToken: number;
  /** `held` until it is confirmed, released, or expires; `confirmed` seats are counted in the server's record. */
  readonly state: "held" | "confirmed";
  readonly serverId: string;
  /** The match on the server; left out for a lobby. */
  readonly matchId?: string | undefined;
  readonly seats: number;
  /** Ids of the players. */
  readonly party: readonly string[];
  /**
   * In milliseconds since 1970. A held lease then gives its seats back; a confirmed one is then no longer known by its id
   * and key.
   */
  readonly expiresAtMs: number;
}
