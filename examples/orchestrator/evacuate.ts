import type { Fleet, FleetCallOptions } from "./fleet.js";
import { joinLobby } from "./join-lobby.js";
import { leave } from "./leave.js";

/** Brings all whom the relay sends to `backend` to a lobby. Who can't be brought to one is sent nowhere. */
export async function evacuate(
  fleet: Fleet,
  backend: string,
  options: FleetCallOptions = {},
): Promise<void> {
  const table = await fleet.routes.listRoutes({ signal: options.signal });
  for (const [player, present] of Object.entries(table)) {
    if (present !== backend) continue;
    try {
      const { id } = await joinLobby(fleet, player, options);
      fleet.tell(`${player} is brought to ${id}`);
    } catch (error) {
      options.signal?.throwIfAborted();
      fleet.tell(`${player} can't be brought to a lobby: ${String(error)}`);
      await leave(fleet, player, { signal: options.signal });
    }
  }
}
