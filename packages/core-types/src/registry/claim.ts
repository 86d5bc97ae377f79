import * as z from "zod/mini";
import { Identifier } from "../json/identifier.js";
import type { Lease } from "./lease.js";
import { ServerConditions } from "./list-filter.js";
import type { MatchInfo } from "./match-info.js";
import { GameMode } from "./server-info.js";
import { SeatOrder } from "./server-order.js";
import type { ServerRecord } from "./server-record.js";

/** How long a claim holds where nothing else is said. */
export const defaultLeaseMs = 30_000;

/** How long a lease may be asked to last: a millisecond to a day. */
export const LeaseMs = z.int().check(z.minimum(1), z.maximum(86_400_000));

const common = {
  /**
   * Places in one match or lobby: all or none. May be more than the party, for friends without an id, and not fewer.
   * @default the size of `party`; 1 where that is left out or empty
   */
  seats: z.optional(z.int().check(z.minimum(1), z.maximum(1_000_000))),
  /** Ids of the players, each once and in any order; not more than `seats`. */
  party: z.prefault(
    z.readonly(
      z
        .array(Identifier)
        .check(z.refine((ids) => new Set(ids).size === ids.length, "must name each player once")),
    ),
    [],
  ),
  /** How long the seats are held for the confirmation, in milliseconds: up to a day. @default 30_000 */
  ttlMs: z._default(LeaseMs, defaultLeaseMs),
  /**
   * The same key gives the same lease as long as that is known. It belongs to the whole request, `ttlMs` too: with anything
   * else in it but another order of `party`, it is `CONFLICT`.
   */
  idempotencyKey: z.optional(Identifier),
  order: z._default(SeatOrder, "oldest"),
  /** What else must be true of the server. */
  where: z.prefault(ServerConditions, {}),
};

/** A claim of seats in one ready match. */
export const SeatRequest = z.readonly(z.strictObject({ mode: GameMode, ...common }));
export type SeatRequest = z.infer<typeof SeatRequest>;
/** As callers write it: what has a default may be left out. */
export type SeatRequestInput = z.input<typeof SeatRequest>;

/** A claim of places in one lobby, of any mode where none is given. */
export const LobbyRequest = z.readonly(z.strictObject({ mode: z.optional(GameMode), ...common }));
export type LobbyRequest = z.infer<typeof LobbyRequest>;
export type LobbyRequestInput = z.input<typeof LobbyRequest>;

/** No place that fits is free. */
export interface NoneFree {
  readonly state: "none-free";
}
/** Places were free, and others took each one that was tried: try again. In memory never. */
export interface Contended {
  readonly state: "contended";
}

/** What a claim of seats in a match came to. */
export type SeatClaim =
  | {
      readonly state: "claimed";
      readonly lease: Lease;
      readonly server: ServerRecord;
      readonly matchId: string;
      readonly match: MatchInfo;
    }
  | NoneFree
  | Contended;

/** What a claim of places in a lobby came to. */
export type LobbyClaim =
  | { readonly state: "claimed"; readonly lease: Lease; readonly server: ServerRecord }
  | NoneFree
  | Contended;
