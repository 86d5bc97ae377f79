import { isIPv6 } from "node:net";
import type { PortBinding } from "@potassium/core-types";

/** The flows of players to one published UDP port, in one family of addresses. */
export interface PortFlows {
  readonly port: number;
  readonly family: "ipv4" | "ipv6";
  /** Only flows to these: others with the same port are on their way to other machines. */
  readonly to: ReadonlySet<string>;
}

/**
 * Which flows may have to go.
 *
 * @param hostAddress the address on which the ports are published; `0.0.0.0` and `::` are all.
 * @param ownAddresses the host's addresses.
 */
export function portFlows(
  ports: readonly PortBinding[],
  hostAddress: string,
  ownAddresses: readonly string[],
): readonly PortFlows[] {
  const everywhere = hostAddress === "0.0.0.0" || hostAddress === "::";
  const addresses = everywhere ? ownAddresses : [hostAddress];
  const families = [
    { family: "ipv4", to: new Set(addresses.filter((address) => !isIPv6(address))) },
    { family: "ipv6", to: new Set(addresses.filter((address) => isIPv6(address))) },
  ] as const;
  return ports.flatMap(({ protocol, host }) =>
    protocol !== "udp" || host === undefined
      ? []
      : families.filter(({ to }) => to.size > 0).map((family) => ({ port: host, ...family })),
  );
}

/** The arguments by which `conntrack` lists the flows to a port. */
export function listArguments({ family, port }: PortFlows): readonly string[] {
  return ["-L", "-f", family, "-p", "udp", "--orig-port-dst", String(port)];
}

/** The arguments by which `conntrack` deletes those of the listed flows that have to go, for each address once. */
export function deleteArguments(
  { family, port, to }: PortFlows,
  listed: string,
): readonly (readonly string[])[] {
  // Of a flow's two directions, the first is the sender's.
  const addresses = listed.split("\n").map((line) => /\bdst=(\S+)/.exec(line)?.[1] ?? "");
  return [...new Set(addresses)]
    .filter((address) => to.has(address))
    .map((address) => [
      ...["-D", "-f", family, "-p", "udp"],
      ...["--orig-dst", address, "--orig-port-dst", String(port)],
    ]);
}
