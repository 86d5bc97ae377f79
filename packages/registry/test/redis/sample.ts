import type { Lease, MatchInput, SeatClaim, ServerInput } from "@potassium/core-types";

/** A game server with ready matches that need so many players each. */
export function gameServer(id: string, needs: readonly number[] = [8]): ServerInput {
  const matches = needs.map((need, index): [string, MatchInput] => [
    `m${index + 1}`,
    { status: "ready", need },
  ]);
  const place = { host: "10.99.0.10", port: 5520 };
  return { id, type: "game", mode: "skywars", ...place, matches: Object.fromEntries(matches) };
}

export function lobbyServer(id: string, maxPlayers: number): ServerInput {
  return { id, type: "lobby", host: "10.99.0.11", port: 5520, maxPlayers };
}

/** The lease of a claim that must have one. */
export function leaseOf(claim: SeatClaim): Lease {
  if (claim.state !== "claimed") throw new Error(`the claim came to ${claim.state}`);
  return claim.lease;
}
