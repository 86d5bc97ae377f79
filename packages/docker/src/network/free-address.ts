import type { AllocateRequest } from "@potassium/core-types";
import type { Wanted } from "../container/wanted.js";
import { DockerError } from "../docker-error.js";

/**
 * Refuses an address that a server of ours has asked for. Engines give the address of a stopped container
 * away, which then can't be started again.
 *
 * @param present what the containers that there are asked for.
 * @param gateways the addresses of the network itself.
 * @throws {DockerError} `ADDRESS_IN_USE`
 */
export function requireFreeAddress(
  request: AllocateRequest,
  present: readonly Wanted[],
  gateways: readonly string[] = [],
): void {
  const taken = new Set(
    present
      .filter(({ network }) => network === request.network)
      .flatMap(({ ip, ipv6 }) => [ip, ipv6]),
  );
  for (const field of ["ip", "ipv6"] as const) {
    const address = request[field];
    if (address !== undefined && gateways.includes(address)) {
      const message = `${field}: ${address} is the gateway of network ${request.network}`;
      throw new DockerError("ADDRESS_IN_USE", message, { field });
    }
    if (address === undefined || !taken.has(address)) continue;
    throw new DockerError(
      "ADDRESS_IN_USE",
      `${field}: ${address} is another server's, also while that one is stopped`,
      {
        field,
      },
    );
  }
}
