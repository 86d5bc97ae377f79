import { stat } from "node:fs/promises";
import type { VolumeMount } from "@potassium/core-types";
import { DockerError } from "../docker-error.js";
import type { Connection } from "../engine/connection.js";

/** A path of the host, with a drive where that is Windows; else it is a volume's name. */
export const isPath = (source: string): boolean =>
  source.startsWith("/") || /^[A-Za-z]:[\\/]/.test(source);

/**
 * Refuses sources that an engine would take for something else: a relative path reads as a volume's name.
 *
 * @throws {DockerError} `INVALID_ARGUMENT`
 */
export function checkVolumes(volumes: readonly VolumeMount[]): void {
  for (const [index, { source }] of volumes.entries()) {
    if (isPath(source)) continue;
    if (/^[A-Za-z0-9][A-Za-z0-9_.-]+$/.test(source)) continue;
    throw new DockerError(
      "INVALID_ARGUMENT",
      `volumes[${index}].source: ${JSON.stringify(source)} is neither an absolute path nor the name of a volume`,
      { field: `volumes[${index}].source` },
    );
  }
}

/**
 * Refuses sources that are missing where the engine would make them: Podman does so, as a folder of root's.
 * One on another machine can't be looked at from here.
 *
 * @throws {DockerError} `INVALID_ARGUMENT`
 */
export async function requireSources(
  { client, info }: Connection,
  volumes: readonly VolumeMount[],
): Promise<void> {
  if (info.kind !== "podman" || client.endpoint.kind !== "socket" || process.platform !== "linux")
    return;
  for (const [index, { source }] of volumes.entries()) {
    if (!isPath(source)) continue;
    try {
      await stat(source);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") continue;
      const field = `volumes[${index}].source`;
      throw new DockerError("INVALID_ARGUMENT", `${field}: there is no ${source} on the host`, {
        cause: error,
        field,
      });
    }
  }
}
