import type { ServerRecord } from "@potassium/core-types";
import type { Fleet, FleetCallOptions } from "./fleet.js";
import { holdSeat } from "./hold-seat.js";
import { movePlayer } from "./move-player.js";

/** Brings a player to a lobby, from wherever it is. One that is in a lobby stays there. */
export function joinLobby(
  fleet: Fleet,
  player: string,
  options: FleetCallOptions = {},
): Promise<ServerRecord> {
  const { signal } = options;
  const claim = () => fleet.registry.claimLobby({ party: [player] }, { signal });
  return movePlayer(
    fleet,
    player,
    (step) => holdSeat(fleet, "lobby", claim, step, { signal }),
    ({ type, availability }) => type === "lobby" && availability === "available",
    options,
  );
}
