import { canonicalIp } from "@potassium/core-types";
import * as z from "zod/mini";
import { DockerError } from "../docker-error.js";
import type { Connection } from "../engine/connection.js";
import { isFailure } from "../engine/engine-failure.js";

const Network = z.object({
  IPAM: z.nullish(
    z.object({ Config: z.nullish(z.array(z.object({ Gateway: z.nullish(z.string()) }))) }),
  ),
});

/**
 * Looks for a network before anything is made. A Swarm's worker does not know an overlay network before its first
 * container on it: there the start tells.
 *
 * @returns the addresses of its gateways, which Podman would give to a server as well
 * @throws {DockerError} `NOT_FOUND` where the engine has no such network
 */
export async function requireNetwork(
  { client, info }: Connection,
  network: string,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  try {
    const path = `/networks/${encodeURIComponent(network)}`;
    const { IPAM } = await client.json({ method: "GET", path, signal }, Network);
    return (IPAM?.Config ?? []).flatMap(({ Gateway }) => canonicalIp(Gateway ?? "") ?? []);
  } catch (error) {
    if (!isFailure(error, 404)) throw error;
    if (info.swarm === "worker") return [];
    throw new DockerError("NOT_FOUND", `there is no network ${network}: create it first`, {
      cause: error,
      field: "network",
    });
  }
}
