import type { Lease, MatchInfo, ServerInfo } from "@potassium/core-types";

type Claim = Pick<Lease, "seats" | "party">;

/**
 * The match once the seats of a lease are taken. Players of the party whom the match has already have had theirs counted.
 *
 * @returns `undefined` where the match does not need so many any more.
 */
export function confirmedMatch(match: MatchInfo, { seats, party }: Claim): MatchInfo | undefined {
  const present = new Set(match.players);
  const joining = party.filter((player) => !present.has(player));
  const taken = seats - (party.length - joining.length);
  if (taken > match.need) return undefined;
  if (taken === 0 && joining.length === 0) return match;
  const players = Object.freeze([...match.players, ...joining]);
  return Object.freeze({ ...match, need: match.need - taken, players });
}

/**
 * The players on a lobby once the places of a lease are taken.
 *
 * @returns `undefined` where the lobby has no room for so many any more.
 */
export function confirmedPlayers(
  { players, maxPlayers }: Pick<ServerInfo, "players" | "maxPlayers">,
  { seats }: Claim,
): number | undefined {
  return players + seats > maxPlayers ? undefined : players + seats;
}
