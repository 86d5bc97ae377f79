import { DockerError } from "../docker-error.js";
import type { Connection } from "../engine/connection.js";
import { isFailure } from "../engine/engine-failure.js";

/**
 * Looks for a network before anything is made. A Swarm's worker does not know an overlay network before its first
 * container on it: there the start tells.
 *
 * @throws {DockerError} `NOT_FOUND` where the engine has no such network
 */
export async function requireNetwork(
  { client, info }: Connection,
  network: string,
  signal?: AbortSignal,
): Promise<void> {
  try {
    await client.plain({ method: "GET", path: `/networks/${encodeURIComponent(network)}`, signal });
  } catch (error) {
    if (!isFailure(error, 404)) throw error;
    if (info.swarm === "worker") return;
    throw new DockerError("NOT_FOUND", `there is no network ${network}: create it first`, {
      cause: error,
      field: "network",
    });
  }
}
