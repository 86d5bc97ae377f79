import { formatHostPort, type Lease, type ServerRecord } from "@potassium/core-types";
import { findPlayer } from "./find-player.js";
import type { Fleet, FleetCallOptions } from "./fleet.js";
import { type Step, saga } from "./saga.js";
import { giveUpSeat, takeSeatBack } from "./seat-book.js";

/** Seats that are held for a player, and where. */
export interface HeldSeat {
  readonly lease: Lease;
  readonly server: ServerRecord;
}

/**
 * Moves a player to a seat that `hold` claims, as one saga: the seat is held, the old one given up, the route moved, the new
 * seat confirmed. Whatever fails, the player is where it was before, and no seat is held.
 *
 * @param stays whether the player is where it wants to be already.
 */
export async function movePlayer(
  fleet: Fleet,
  player: string,
  hold: (step: Step) => Promise<HeldSeat>,
  stays: (server: ServerRecord) => boolean,
  options: FleetCallOptions,
): Promise<ServerRecord> {
  const { registry, routes } = fleet;
  const { signal } = options;
  const move = async (step: Step): Promise<ServerRecord> => {
    const before = await findPlayer(fleet, player, { signal });
    if (before?.server !== undefined && stays(before.server)) return before.server;
    const { lease, server } = await hold(step);
    if (before?.server !== undefined) {
      const { id } = before.server;
      await step(
        `leave ${id}`,
        () => giveUpSeat(fleet, player, id),
        async (left) => {
          if (left !== undefined) await takeSeatBack(fleet, player, left);
        },
      );
    }
    await step(
      `route to ${server.id}`,
      () => routes.setRoute(player, formatHostPort(server), { signal }),
      () =>
        before === undefined ? routes.deleteRoute(player) : routes.setRoute(player, before.backend),
      { mayHaveHappened: true },
    );
    await step("confirm the seat", () => registry.confirm(lease.id, { signal }));
    return server;
  };
  return fleet.turns.run(`player ${player}`, () => saga(move, options), options);
}
