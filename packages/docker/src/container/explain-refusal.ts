import { delay } from "@potassium/core-types";
import { DockerError } from "../docker-error.js";
import type { EngineClient } from "../engine/engine-client.js";
import { isFailure } from "../engine/engine-failure.js";
import { containerPath } from "../engine/engine-request.js";
import { inspectedStatus } from "./container-status.js";
import { InspectedContainer } from "./engine-container.js";

/** How long a container may still read as running after its end: engines hear of it from another program. */
const patienceMs = 500;

/**
 * The error for something that needs a running container and that the engine refused. Its status tells little,
 * engines having 500 for much, so the container is looked at.
 *
 * @returns a `NOT_FOUND` or `NOT_RUNNING` where the container is gone or doesn't run, or else `refusal` itself
 */
export async function explainRefusal(
  client: EngineClient,
  id: string,
  refusal: unknown,
  signal?: AbortSignal,
): Promise<unknown> {
  const request = { method: "GET", path: containerPath(id, "/json"), signal } as const;
  const deadline = performance.now() + patienceMs;
  try {
    do {
      const container = await client.json(request, InspectedContainer);
      const { state } = inspectedStatus(container);
      if (state !== "running") {
        const message = `server ${id.slice(0, 12)} is not running: it is ${state}`;
        return new DockerError("NOT_RUNNING", message, { cause: refusal });
      }
      await delay(50, { signal });
    } while (performance.now() < deadline);
  } catch (error) {
    signal?.throwIfAborted();
    // Where nothing can be learned, the refusal is all there is to tell.
    if (isFailure(error, 404))
      return new DockerError("NOT_FOUND", `there is no server ${id}`, { cause: refusal });
  }
  return refusal;
}
