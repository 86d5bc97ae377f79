import { setMaxListeners } from "node:events";
import { hasErrorCode, type ServerStats } from "@potassium/core-types";
import type { Connection } from "../engine/connection.js";
import { measure } from "./measure.js";

/**
 * Measures many containers, at most as many at once as the client has connections. One that ends
 * meanwhile is left out.
 */
export async function measureAll(
  connection: Connection,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<readonly ServerStats[]> {
  // Each request under way listens to the signal of this one call.
  setMaxListeners(0, signal);
  const measured = await Promise.all(
    ids.map(async (id) => {
      try {
        return [await measure(connection, id, signal)];
      } catch (error) {
        if (hasErrorCode(error, "NOT_RUNNING")) return [];
        throw error;
      }
    }),
  );
  return Object.freeze(measured.flat());
}
