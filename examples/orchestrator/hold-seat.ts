import type {
  AbortOptions,
  Awaitable,
  LobbyClaim,
  SeatClaim,
  ServerType,
} from "@potassium/core-types";
import type { Fleet } from "./fleet.js";
import type { HeldSeat } from "./move-player.js";
import { Refusal } from "./refusal.js";
import type { Step } from "./saga.js";
import { startServer } from "./start-server.js";

/** Holds a seat by `claim`; where none is free, a server is started for it, in the same saga. */
export async function holdSeat(
  fleet: Fleet,
  type: ServerType,
  claim: () => Awaitable<SeatClaim | LobbyClaim>,
  step: Step,
  options: AbortOptions,
): Promise<HeldSeat> {
  const claimed = () =>
    step(`claim a seat in a ${type}`, claim, async (result) => {
      if (result?.state === "claimed") await fleet.registry.release(result.lease.id);
    });
  const first = await claimed();
  if (first.state === "claimed") return first;
  await expectRoom(fleet, type, options);
  await startServer(fleet, type, step, options);
  const second = await claimed();
  if (second.state === "claimed") return second;
  throw new Refusal("others have taken the seats of the new server: try again");
}

async function expectRoom({ registry, maxGames }: Fleet, type: ServerType, options: AbortOptions) {
  if (type === "lobby") return;
  const games = await registry.list({ type }, options);
  if (games.length >= maxGames)
    throw new Refusal(`all seats are taken, and there are ${games.length} games already`);
}
