import { ResourceLimits, type Server } from "@potassium/core-types";
import type { OwnContainer } from "../container/containers.js";
import { DockerError } from "../docker-error.js";
import type { Connection } from "../engine/connection.js";
import { isFailure } from "../engine/engine-failure.js";
import { containerPath } from "../engine/engine-request.js";
import { parseArgument } from "../parse-argument.js";
import type { Reached } from "../reached.js";
import { memoryChange } from "./memory-change.js";

/** The limits that engines can change while a server runs. */
export type ChangeableLimits = Pick<
  ResourceLimits,
  "cpuLimit" | "memoryLimit" | "memorySwap" | "pidsLimit"
>;

const fixed = ["diskIoReadBps", "diskIoWriteBps", "diskSizeLimit"] as const;

/**
 * Changes limits of a server, running or not. What is left out stays.
 *
 * @throws {DockerError} `NOT_SUPPORTED` where the engine has no such request, `INVALID_ARGUMENT` where it refuses
 */
export async function updateLimits(
  { connection, containers }: Reached,
  id: string,
  limits: ChangeableLimits,
  signal?: AbortSignal,
): Promise<Server> {
  const change = parseArgument(ResourceLimits, limits, "limits");
  const stays = fixed.find((field) => change[field] !== undefined);
  if (stays !== undefined) {
    const message = `${stays}: stays as the server was made with it: make a new server`;
    throw new DockerError("INVALID_ARGUMENT", message, { field: stays });
  }
  const found = await containers.require(id, signal);
  await sendUpdate(connection, found, change, signal);
  return containers.server(found.inspected.Id, [], signal);
}

async function sendUpdate(
  { client, info }: Connection,
  { inspected, wanted }: OwnContainer,
  limits: ChangeableLimits,
  signal?: AbortSignal,
): Promise<void> {
  const { cpuLimit, pidsLimit } = limits;
  const json = {
    ...(cpuLimit === undefined ? {} : { NanoCpus: Math.round(cpuLimit * 1e9) }),
    ...memoryChange(limits, inspected, wanted),
    ...(pidsLimit === undefined ? {} : { PidsLimit: pidsLimit }),
  };
  try {
    const path = containerPath(inspected.Id, "/update");
    await client.plain({ method: "POST", path, json, signal });
  } catch (error) {
    if (isFailure(error, 404, 405)) {
      throw new DockerError(
        "NOT_SUPPORTED",
        `${info.kind} ${info.version} has no request to change the limits of a server, be it running or stopped: make a new server, or use another engine`,
        { cause: error },
      );
    }
    if (isFailure(error, 400, 409, 500)) {
      throw new DockerError("INVALID_ARGUMENT", `the engine refused the limits: ${error.reason}`, {
        cause: error,
        field: Object.keys(limits).length === 1 ? Object.keys(limits)[0] : undefined,
      });
    }
    throw error;
  }
}
