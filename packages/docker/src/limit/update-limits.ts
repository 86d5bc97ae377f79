import { ResourceLimits, type Server } from "@potassium/core-types";
import * as z from "zod/mini";
import { DockerError } from "../docker-error.js";
import type { Connection } from "../engine/connection.js";
import { isFailure } from "../engine/engine-failure.js";
import { containerPath } from "../engine/engine-request.js";
import { parseArgument } from "../parse-argument.js";
import type { Reached } from "../reached.js";

/** The limits that engines can change while a server runs. */
export type ChangeableLimits = Pick<
  ResourceLimits,
  "cpuLimit" | "memoryLimit" | "memorySwap" | "pidsLimit"
>;

const fixed = ["diskIoReadBps", "diskIoWriteBps", "diskSizeLimit"] as const;

/** The limits, without those that stay as a server was made with them. */
const LimitChange = ResourceLimits.check(
  z.refine(
    (limits) => fixed.every((field) => limits[field] === undefined),
    `can't change ${fixed.join(", ")}: make a new server`,
  ),
);

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
  const change = parseArgument(LimitChange, limits, "limits");
  const { inspected } = await containers.require(id, signal);
  await sendUpdate(connection, inspected.Id, change, signal);
  return containers.server(inspected.Id, [], signal);
}

async function sendUpdate(
  { client }: Connection,
  id: string,
  limits: ChangeableLimits,
  signal?: AbortSignal,
): Promise<void> {
  const { cpuLimit, memoryLimit, memorySwap, pidsLimit } = limits;
  const json = {
    ...(cpuLimit === undefined ? {} : { NanoCpus: Math.round(cpuLimit * 1e9) }),
    ...(memoryLimit === undefined ? {} : { Memory: memoryLimit, MemorySwap: memorySwap ?? -1 }),
    ...(pidsLimit === undefined ? {} : { PidsLimit: pidsLimit }),
  };
  try {
    await client.plain({ method: "POST", path: containerPath(id, "/update"), json, signal });
  } catch (error) {
    if (isFailure(error, 404, 405)) {
      throw new DockerError(
        "NOT_SUPPORTED",
        "this engine can't change the limits of a running server",
        { cause: error },
      );
    }
    if (isFailure(error, 400, 409, 500)) {
      throw new DockerError("INVALID_ARGUMENT", `the engine refused the limits: ${error.reason}`, {
        cause: error,
      });
    }
    throw error;
  }
}
