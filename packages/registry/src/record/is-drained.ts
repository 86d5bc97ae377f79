import type { ServerRecord } from "@potassium/core-types";

/** Whether nobody is on a server, or on the way to it. */
export function isDrained(server: ServerRecord, heldLeases: number): boolean {
  if (server.players > 0 || heldLeases > 0) return false;
  return Object.values(server.matches).every(
    ({ status, players }) => status !== "busy" && players.length === 0,
  );
}
