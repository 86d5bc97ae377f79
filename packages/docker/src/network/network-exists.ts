import { DockerError } from "../docker-error.js";
import type { EngineClient } from "../engine/engine-client.js";
import { isFailure } from "../engine/engine-failure.js";

/** @throws {DockerError} `NOT_FOUND` where the engine has no such network */
export async function requireNetwork(
  client: EngineClient,
  network: string,
  signal?: AbortSignal,
): Promise<void> {
  try {
    await client.plain({ method: "GET", path: `/networks/${encodeURIComponent(network)}`, signal });
  } catch (error) {
    if (!isFailure(error, 404)) throw error;
    throw new DockerError("NOT_FOUND", `there is no network ${network}: create it first`, {
      cause: error,
      field: "network",
    });
  }
}
