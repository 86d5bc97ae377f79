import type { ServerRecord } from "@potassium/core-types";
import { type Fleet, type FleetCallOptions, matchId, mode } from "./fleet.js";
import { holdSeat } from "./hold-seat.js";
import { movePlayer } from "./move-player.js";
import { beginFullMatch } from "./seat-book.js";

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
  await beginFullMatch(fleet, server.id, matchId);
  return server;
}
