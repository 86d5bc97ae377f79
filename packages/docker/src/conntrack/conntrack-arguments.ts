import { isIPv6 } from "node:net";
import type { PortBinding } from "@potassium/core-types";

/**
 * The arguments by which `conntrack` deletes the flows to published UDP ports, one list for each call. Only
 * flows to the host's own addresses: others with the same port are on their way to other machines.
 *
 * @param hostAddress the address on which the ports are published; `0.0.0.0` and `::` are all.
 * @param ownAddresses the host's addresses.
 */
export function conntrackArguments(
  ports: readonly PortBinding[],
  hostAddress: string,
  ownAddresses: readonly string[],
): readonly (readonly string[])[] {
  const everywhere = hostAddress === "0.0.0.0" || hostAddress === "::";
  const addresses = [...new Set(everywhere ? ownAddresses : [hostAddress])];
  return ports.flatMap(({ protocol, host }) =>
    protocol !== "udp" || host === undefined
      ? []
      : addresses.map((address) => [
          ...["-D", "-f", isIPv6(address) ? "ipv6" : "ipv4", "-p", "udp"],
          ...["--orig-dst", address, "--orig-port-dst", String(host)],
        ]),
  );
}
