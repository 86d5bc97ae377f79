import { setMaxListeners } from "node:events";
import { hasErrorCode, type Server, type ServerStats } from "@potassium/core-types";
import type { Connection } from "../engine/connection.js";
import { measure } from "./measure.js";

/**
 * Measures those servers that run, at most as many at once as the client has connections. One that ends
 * meanwhile is left out.
 */
export async function measureAll(
  connection: Connection,
  servers: readonly Pick<Server, "id" | "status">[],
  signal: AbortSignal,
): Promise<readonly ServerStats[]> {
  // Each request under way listens to the signal of this one call.
  setMaxListeners(0, signal);
  const running = servers.filter(({ status }) => status.state === "running");
  const measured = await Promise.all(
    running.map(async ({ id }) => {
      try {
        return [await measure(connection, id, signal)];
      } catch (error) {
        if (hasErrorCode(error, "NOT_RUNNING", "NOT_FOUND")) return [];
        throw error;
      }
    }),
  );
  return Object.freeze(measured.flat());
}
