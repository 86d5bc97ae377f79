import type { AbortOptions } from "@potassium/core-types";
import { findPlayer } from "./find-player.js";
import type { Fleet } from "./fleet.js";
import { giveUpSeat } from "./seat-book.js";

/** The player is gone: its route first, so that nobody is sent on to a seat that is another's. */
export async function leave(fleet: Fleet, player: string, options: AbortOptions = {}) {
  await fleet.turns.run(
    `player ${player}`,
    async () => {
      const place = await findPlayer(fleet, player, options);
      await fleet.routes.deleteRoute(player, options);
      if (place?.server !== undefined) await giveUpSeat(fleet, player, place.server.id);
    },
    options,
  );
}
