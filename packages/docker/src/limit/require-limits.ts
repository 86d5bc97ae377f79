import type { AllocateRequest } from "@potassium/core-types";
import { DockerError } from "../docker-error.js";
import type { EngineInfo } from "../engine/engine-info.js";

/** The limits that an engine sets by control groups. */
const fields = [
  "cpuLimit",
  "memoryLimit",
  "memorySwap",
  "pidsLimit",
  "diskIoReadBps",
  "diskIoWriteBps",
] as const;

/**
 * Refuses limits that the engine would take and not keep, as a rootless Podman does.
 *
 * @throws {DockerError} `NOT_SUPPORTED`
 */
export function requireLimits(engine: EngineInfo, request: AllocateRequest): void {
  const { resourceLimits: reason } = engine.limitations;
  const field = fields.find((name) => request[name] !== undefined);
  if (reason === undefined || field === undefined) return;
  throw new DockerError("NOT_SUPPORTED", `${field}: ${reason}`, { field });
}
