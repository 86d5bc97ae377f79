import { DockerError } from "../docker-error.js";
import { EngineFailure } from "../engine/engine-failure.js";

/**
 * The error for an archive that the engine could not unpack: into a read-only volume, or on a full disk. Engines
 * have several statuses for it, of which none says so.
 */
export function notWritten(error: unknown, path: string): unknown {
  const isOwn = error instanceof EngineFailure && [400, 403, 409, 500].includes(error.status);
  if (!isOwn) return error;
  return new DockerError("IO_ERROR", `could not write ${path}: ${error.reason}`, { cause: error });
}
