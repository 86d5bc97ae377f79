import { type AllocateRequest, backOffMs, delay } from "@potassium/core-types";
import * as z from "zod/mini";
import { blockDevices } from "../container/block-devices.js";
import { createBody } from "../container/create-body.js";
import { removeContainer } from "../container/remove-container.js";
import type { Wanted } from "../container/wanted.js";
import { DockerError } from "../docker-error.js";
import type { Connection } from "../engine/connection.js";
import { containerPath } from "../engine/engine-request.js";
import type { Allocation } from "./allocation.js";
import { startProblem } from "./start-problem.js";

const Created = z.object({ Id: z.string(), Warnings: z.nullish(z.array(z.string())) });

/** The engine found a port in use: another one may do. */
export class PortRefused extends DockerError {
  readonly port: number | undefined;

  constructor(port: number | undefined, cause: unknown) {
    super("PORT_IN_USE", `the host's port ${port ?? ""} is in use`, { cause });
    this.port = port;
  }
}

/** A container that was made. */
export interface MadeContainer {
  readonly id: string;
  readonly warnings: readonly string[];
}

/**
 * Creates a container and starts it.
 *
 * @throws {PortRefused} where the engine can't give one of its ports
 */
export async function makeContainer(
  allocation: Allocation,
  name: string,
  request: AllocateRequest,
  wanted: Wanted,
): Promise<MadeContainer> {
  const { connection, hostAddress, hardening } = allocation;
  const { client, info: engine } = connection;
  const limitsDisk = request.diskIoReadBps !== undefined || request.diskIoWriteBps !== undefined;
  const devices = limitsDisk ? await blockDevices() : [];
  const body = createBody({
    name,
    request: { ...request, ip: wanted.ip },
    wanted,
    engine,
    hardening,
    hostAddress,
    blockDevices: devices,
  });
  try {
    const created = await create(connection, name, body, Object.values(request.environment ?? {}));
    await client.plain({
      method: "POST",
      path: containerPath(created.id, "/start"),
      secrets: Object.values(request.environment ?? {}),
    });
    return created;
  } catch (error) {
    const problem = startProblem(error, { name, image: request.image, ip: wanted.ip });
    throw problem.type === "port-in-use" ? new PortRefused(problem.port, error) : problem.error;
  }
}

async function create(
  { client }: Connection,
  name: string,
  body: Record<string, unknown>,
  secrets: readonly string[],
): Promise<MadeContainer> {
  const post = (json: unknown) =>
    client.json(
      { method: "POST", path: "/containers/create", query: { name }, json, secrets },
      Created,
    );
  try {
    const { Id, Warnings } = await post(body);
    return { id: Id, warnings: Warnings ?? [] };
  } catch (error) {
    // Podman needs a program for it that not every installation has; a server runs without it as well.
    if (!/init binary not found/.test(String(error))) throw error;
    const hostConfig = { ...(body["HostConfig"] as object), Init: false };
    const { Id, Warnings } = await post({ ...body, HostConfig: hostConfig });
    return {
      id: Id,
      warnings: [...(Warnings ?? []), `runs without an init process: ${String(error)}`],
    };
  }
}

/** By the mark of the attempt, not by the name: that may be another's by now, and the answer may be lost. */
export async function removeAttempt(
  { connection, containers }: Allocation,
  attempt: string,
): Promise<void> {
  for (let round = 1; ; round += 1) {
    try {
      for (const id of await containers.idsOfAttempt(attempt))
        await removeContainer(connection.client, id);
      return;
    } catch (error) {
      if (round === 5) throw error;
      await delay(backOffMs(round));
    }
  }
}
