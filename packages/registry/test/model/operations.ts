import type { ListFilter, MatchInfo, ServerInfo } from "@potassium/core-types";
import * as fc from "fast-check";

/** Few ids, modes and matches, so that they meet. */
const ids = ["a", "b", "7", "c", "d"];
export const modes = ["", "skywars", "survival"];
const matchIds = ["m1", "m2", "3"];

const id = fc.constantFrom(...ids);
const matchId = fc.constantFrom(...matchIds);

const match: fc.Arbitrary<MatchInfo> = fc.record({
  status: fc.constantFrom("ready", "busy", "starting"),
  need: fc.nat(4),
  players: fc.array(fc.constantFrom("ann", "bob"), { maxLength: 2 }),
});

const fields = {
  type: fc.constantFrom("lobby", "game"),
  mode: fc.constantFrom(...modes),
  host: fc.constant("10.99.0.10"),
  port: fc.integer({ min: 1, max: 65_535 }),
  players: fc.nat(2),
  maxPlayers: fc.nat(2),
  matches: fc.dictionary(matchId, match, { maxKeys: 3, noNullPrototype: true }),
  metadata: fc.constantFrom({}, { region: "eu" }),
} satisfies { [Field in keyof ServerInfo]?: fc.Arbitrary<ServerInfo[Field]> };

const server: fc.Arbitrary<ServerInfo> = fc.record({ id, ...fields });
const change: fc.Arbitrary<Partial<ServerInfo>> = fc.record(fields, { requiredKeys: [] });

export type Operation =
  | { readonly do: "register"; readonly server: ServerInfo }
  | { readonly do: "unregister"; readonly id: string }
  | { readonly do: "update"; readonly id: string; readonly change: Partial<ServerInfo> }
  | {
      readonly do: "updateMatch";
      readonly id: string;
      readonly matchId: string;
      readonly match: MatchInfo;
    }
  | { readonly do: "removeMatch"; readonly id: string; readonly matchId: string };

export const operation: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({ do: fc.constant("register"), server }),
  fc.record({ do: fc.constant("unregister"), id }),
  fc.record({ do: fc.constant("update"), id, change }),
  fc.record({ do: fc.constant("updateMatch"), id, matchId, match }),
  fc.record({ do: fc.constant("removeMatch"), id, matchId }),
);

export const filter: fc.Arbitrary<ListFilter> = fc.record(
  {
    type: fields.type,
    mode: fields.mode,
    hasCapacity: fc.boolean(),
    hasReadyMatch: fc.boolean(),
  },
  { requiredKeys: [] },
);
