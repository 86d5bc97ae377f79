import type { MatchInfo, ServerRecord } from "@potassium/core-types";

/** Seats of a match that nobody has or holds: 0 where it takes no players now. */
export function freeMatchSeats(match: MatchInfo, heldSeats: number): number {
  return match.status === "ready" ? Math.max(0, match.need - heldSeats) : 0;
}

/** Places on a server that nobody has or holds. */
export function freeRoom(
  { players, maxPlayers }: Pick<ServerRecord, "players" | "maxPlayers">,
  heldPlaces: number,
): number {
  return Math.max(0, maxPlayers - players - heldPlaces);
}

/** Whether new players may be sent to a server, if it has room: finds and claims pass over the others. */
export function isOpen({ availability, health }: ServerRecord): boolean {
  return availability === "available" && health === "healthy";
}
