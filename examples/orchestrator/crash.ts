import type { AbortOptions } from "@potassium/core-types";
import type { Fleet } from "./fleet.js";

/** Makes a server crash, for real: the console of the game has a command for it. */
export async function crash({ provider }: Fleet, id: string, options: AbortOptions = {}) {
  await provider.sendCommand(id, "crash", options);
}
