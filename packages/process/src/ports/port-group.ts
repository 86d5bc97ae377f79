import { type PortBinding, type PortRange, parsePortRange } from "@potassium/core-types";

/** Ports of a request that get one number, and the numbers that it may be. */
export interface PortGroup {
  /** Their places in the request. */
  readonly indexes: readonly number[];
  readonly protocols: readonly PortBinding["protocol"][];
  /** As the request has it: `25565-25599`; left out for any free port. */
  readonly wish: { readonly host: number } | { readonly range: string } | undefined;
  readonly range: PortRange;
}

/**
 * The request's ports in the order in which they are claimed: fixed ones first, so that a range does
 * not take them away. A server knows a port by one number, so where it has the same number as UDP and
 * as TCP port, and the same wish for both, they get one host port.
 *
 * @param free the ports to choose from where nothing is wished.
 */
export function groupPorts(ports: readonly PortBinding[], free: PortRange): PortGroup[] {
  const groups: (PortGroup & {
    readonly key: string;
    indexes: number[];
    protocols: PortBinding["protocol"][];
  })[] = [];
  for (const [index, { container, protocol, host, range }] of ports.entries()) {
    const key = `${container} ${host ?? ""} ${range ?? ""}`;
    const partner = groups.find(
      (group) => group.key === key && !group.protocols.includes(protocol),
    );
    if (partner !== undefined) {
      partner.indexes.push(index);
      partner.protocols.push(protocol);
      continue;
    }
    groups.push({ key, indexes: [index], protocols: [protocol], ...choice(host, range, free) });
  }
  const rank = ({ wish }: PortGroup) => (wish === undefined ? 2 : "host" in wish ? 0 : 1);
  return groups.sort((a, b) => rank(a) - rank(b));
}

function choice(host: number | undefined, range: string | undefined, free: PortRange) {
  if (host !== undefined) return { wish: { host }, range: { first: host, last: host } };
  const parsed = range === undefined ? undefined : parsePortRange(range);
  if (range === undefined || parsed === undefined) return { wish: undefined, range: free };
  return { wish: { range }, range: parsed };
}
