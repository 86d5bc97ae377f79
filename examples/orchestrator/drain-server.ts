import { formatHostPort, hasErrorCode } from "@potassium/core-types";
import { evacuate } from "./evacuate.js";
import { fillFleet } from "./fill-fleet.js";
import type { Fleet, FleetCallOptions } from "./fleet.js";
import { Refusal } from "./refusal.js";

export interface DrainServerOptions extends FleetCallOptions {
  /** How long matches that have begun may go on, in milliseconds. @default 10_000 */
  readonly deadlineMs?: number | undefined;
}

/**
 * Takes a server out without a player noticing: no new players come, another server takes its place, matches that have begun
 * may end, who is still there is brought to a lobby, and the server is removed.
 *
 * @throws Refusal where there is no such server
 */
export async function drainServer(
  fleet: Fleet,
  id: string,
  { deadlineMs = 10_000, ...options }: DrainServerOptions = {},
): Promise<void> {
  const { registry, provider, tell } = fleet;
  const { signal } = options;
  const marked = await registry.drain(id, { deadlineMs: 0, signal }).catch((error) => {
    if (hasErrorCode(error, "NOT_FOUND")) throw new Refusal(`there is no server ${id}`);
    throw error;
  });
  if (marked.state === "gone") return;
  const backend = formatHostPort(marked.server);
  tell(`${id} drains: no new players`);
  await fillFleet(fleet, options);
  const hasBegun = Object.values(marked.server.matches).some(({ status }) => status === "busy");
  if (!hasBegun) await evacuate(fleet, backend, options); // who waits here would wait in vain
  const { state } = await registry.drain(id, { deadlineMs, signal });
  if (state === "gone") return; // it crashed: the watcher sees to its players
  await evacuate(fleet, backend, options);
  // The record first: what is not registered can stop without being missed.
  await registry.unregister(id, { signal });
  await provider.deallocate(id, { signal });
  tell(`${id} is drained and removed`);
}
