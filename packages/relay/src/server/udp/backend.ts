import { abortable, canonicalIp, formatHostPort, parseHostPort } from "@potassium/core-types";
import { type IpFamily, ipFamily } from "./udp-socket.js";

/** A game server that packets are sent to, its host name already an address. */
export interface Backend {
  /** `host:port` as the route names it, canonical. */
  readonly name: string;
  readonly address: string;
  readonly port: number;
  readonly family: IpFamily;
}

/** Finds the IP address of a host name. */
export type ResolveHost = (host: string) => Promise<string>;

/**
 * Reads `host:port` and resolves the host.
 *
 * @returns `undefined` where the text is malformed or the name has no address.
 */
export async function resolveBackend(
  text: string,
  resolveHost: ResolveHost,
): Promise<Backend | undefined> {
  const target = parseHostPort(text);
  if (target === undefined) return undefined;
  const { host, port } = target;
  const address = canonicalIp(host) ?? (await tryResolve(host, resolveHost));
  const family = ipFamily(address ?? "");
  if (address === undefined || family === undefined) return undefined;
  return Object.freeze({
    name: formatHostPort(target),
    address: reachable(address),
    port,
    family,
  });
}

/** Whether packets to both end in the same place. */
export function isSameTarget(a: Backend, b: Backend): boolean {
  return a.port === b.port && a.address === b.address;
}

/** Changes of a player's route wait for each other, so a resolver that hangs must not hold them up. */
const resolveTimeoutMs = 4_000;

async function tryResolve(host: string, resolveHost: ResolveHost): Promise<string | undefined> {
  try {
    const address = await abortable(resolveHost(host), AbortSignal.timeout(resolveTimeoutMs));
    return canonicalIp(address);
  } catch {
    return undefined;
  }
}

/** "Any address" as a destination is this machine, which answers as the loopback address. */
function reachable(address: string): string {
  if (address === "0.0.0.0") return "127.0.0.1";
  return address === "::" ? "::1" : address;
}
