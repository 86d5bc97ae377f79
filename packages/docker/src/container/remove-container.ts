import { delay } from "@potassium/core-types";
import type { EngineClient } from "../engine/engine-client.js";
import { EngineFailure, isFailure } from "../engine/engine-failure.js";
import { containerPath } from "../engine/engine-request.js";

/**
 * Removes a container, whatever it is doing, with its anonymous volumes. Resolves once it is gone, also
 * where it was gone before or somebody else removes it.
 */
export async function removeContainer(client: EngineClient, id: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.plain({
        method: "DELETE",
        path: containerPath(id),
        query: { force: true, v: true },
      });
      return;
    } catch (error) {
      if (isFailure(error, 404)) return;
      // Docker answers 409 while another removal goes on, Podman 500 while the container changes.
      if (!(error instanceof EngineFailure) || attempt === 20) throw error;
      await delay(100);
    }
  }
}
