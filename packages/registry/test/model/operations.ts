import type { ListFilter, MatchInfo, SeatOrder, ServerInfo } from "@potassium/core-types";
import * as fc from "fast-check";

export const modes = ["", "skywars"];

// Few ids, so that operations meet; "0" is one that JavaScript sorts before the others as a key.
const id = fc.constantFrom("a", "b", "c", "0");
const matchId = fc.constantFrom("m", "n", "0");
const player = fc.constantFrom("ann", "bob", "cleo");
const mode = fc.constantFrom(...modes);
const seats = fc.integer({ min: 1, max: 4 });
const order = fc.constantFrom<SeatOrder>("oldest", "fullest", "emptiest");
const metadata = fc.constantFrom<Record<string, string>>({}, { region: "eu" });
const ttlMs = fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined });

const match: fc.Arbitrary<MatchInfo> = fc.record({
  status: fc.constantFrom("ready", "ready", "busy", "starting"),
  need: fc.nat(6),
  players: fc.uniqueArray(player, { maxLength: 2 }),
});

const fields = {
  type: fc.constantFrom("lobby", "game", "game"),
  mode,
  host: fc.constant("10.99.0.10"),
  port: fc.integer({ min: 1, max: 65_535 }),
  players: fc.nat(4),
  maxPlayers: fc.nat(8),
  matches: fc.dictionary(matchId, match, { maxKeys: 3, noNullPrototype: true }),
  metadata,
  labels: fc.constant({}),
  health: fc.constantFrom("healthy", "healthy", "healthy", "unhealthy"),
} satisfies { [Field in keyof ServerInfo]?: fc.Arbitrary<ServerInfo[Field]> };

const server: fc.Arbitrary<ServerInfo> = fc.record({ id, ...fields });
const change: fc.Arbitrary<Partial<ServerInfo>> = fc.record(fields, { requiredKeys: [] });

export interface Claim {
  readonly seats: number;
  readonly party: readonly string[];
  readonly ttlMs: number;
  readonly order: SeatOrder;
  readonly where: { readonly metadata?: Record<string, string> };
  readonly idempotencyKey?: string;
}

const claim: fc.Arbitrary<Claim> = fc.record(
  {
    seats,
    party: fc.uniqueArray(player, { maxLength: 1 }),
    ttlMs: fc.integer({ min: 1, max: 60 }),
    order,
    where: fc.record({ metadata }, { requiredKeys: [] }),
    idempotencyKey: fc.constantFrom("key", "lock"),
  },
  { requiredKeys: ["seats", "party", "ttlMs", "order", "where"] },
);
/** Which of the leases that were ever given. */
const lease = fc.nat(20);

export type Operation =
  | {
      readonly do: "register";
      readonly server: ServerInfo;
      readonly ttlMs: number | undefined;
      readonly keep: boolean;
    }
  | { readonly do: "unregister"; readonly id: string }
  | { readonly do: "update"; readonly id: string; readonly change: Partial<ServerInfo> }
  | {
      readonly do: "updateMatch";
      readonly id: string;
      readonly matchId: string;
      readonly match: MatchInfo;
    }
  | { readonly do: "removeMatch"; readonly id: string; readonly matchId: string }
  | { readonly do: "claimSeats"; readonly mode: string; readonly claim: Claim }
  | { readonly do: "claimLobby"; readonly mode: string | undefined; readonly claim: Claim }
  | { readonly do: "confirm" | "release"; readonly lease: number }
  | { readonly do: "extend"; readonly lease: number; readonly ttlMs: number }
  | { readonly do: "heartbeat"; readonly id: string; readonly ttlMs: number | undefined }
  | { readonly do: "drain" | "undrain"; readonly id: string }
  | { readonly do: "wait"; readonly ms: number }
  | { readonly do: "restart" };

const constant = <const T>(value: T) => fc.constant(value);

export const operation: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({ do: constant("register"), server, ttlMs, keep: fc.boolean() }),
  fc.record({ do: constant("register"), server, ttlMs, keep: fc.boolean() }),
  fc.record({ do: constant("unregister"), id }),
  fc.record({ do: constant("update"), id, change }),
  fc.record({ do: constant("updateMatch"), id, matchId, match }),
  fc.record({ do: constant("removeMatch"), id, matchId }),
  fc.record({ do: constant("claimSeats"), mode, claim }),
  fc.record({ do: constant("claimSeats"), mode, claim }),
  fc.record({ do: constant("claimLobby"), mode: fc.option(mode, { nil: undefined }), claim }),
  fc.record({ do: fc.constantFrom("confirm", "confirm", "release"), lease }),
  fc.record({ do: constant("extend"), lease, ttlMs: fc.integer({ min: 1, max: 60 }) }),
  fc.record({ do: constant("heartbeat"), id, ttlMs }),
  fc.record({ do: fc.constantFrom("drain", "drain", "undrain"), id }),
  fc.record({ do: constant("wait"), ms: fc.nat(40) }),
  fc.record({ do: constant("restart") }),
);

export const filter: fc.Arbitrary<ListFilter> = fc.record(
  {
    type: fields.type,
    mode,
    health: fields.health,
    availability: fc.constantFrom("available", "draining", "expired"),
    metadata,
    hasCapacity: fc.boolean(),
    hasReadyMatch: fc.boolean(),
    minFreeSeats: seats,
    minMatchSeats: seats,
  },
  { requiredKeys: [] },
);
