import type { ServerRecord } from "@potassium/core-types";
import { type Fleet, type FleetCallOptions, matchId, mode } from "./fleet.js";
import { holdSeat } from "./hold-seat.js";
import { movePlayer } from "./move-player.js";

/** Brings a player to a match that waits for players, fullest first. One that is in a match stays there. */
export async function claimSeat(
  fleet: Fleet,
  player: string,
  options: FleetCallOptions = {},
): Promise<ServerRecord> {
  const { registry } = fleet;
  const { signal } = options;
  const request = { mode, party: [player], order: "fullest" } as const;
  const server = await movePlayer(
    fleet,
    player,
    (step) =>
      holdSeat(fleet, "game", () => registry.claimSeats(request, { signal }), step, { signal }),
    ({ type }) => type === "game",
    options,
  );
  // The game itself would say so, in a real one: nobody is needed any more, and it begins.
  await registry.updateMatch(server.id, matchId, (match) => ({
    status: match?.need === 0 ? "busy" : "ready",
    need: match?.need ?? 0,
    players: match?.players,
  }));
  return server;
}
