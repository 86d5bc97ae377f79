import { isIPv6 } from "node:net";
import { canonicalText } from "./canonical-text.js";
import { canonicalIp } from "./ip-address.js";

/** Where a service listens: a host name or IP address, and a port. */
export interface HostPort {
  readonly host: string;
  readonly port: number;
}

/**
 * Reads `host:port`: `10.99.0.10:5520`, `game-1.internal:5520`, `[fd00::1]:5520`. An IPv6 address
 * needs its brackets. IP addresses come back canonical, host names in lower case.
 *
 * @returns `undefined` where the text is no such address or the port is not in 1 to 65535.
 */
export function parseHostPort(text: string): HostPort | undefined {
  const match = /^(\[[^\]]+\]|[^:[\]]+):(\d{1,5})$/.exec(text);
  if (match === null) return undefined;
  const port = Number(match[2]);
  const host = canonicalHost(match[1] ?? "");
  if (host === undefined || port < 1 || port > 65_535) return undefined;
  return { host, port };
}

/** Writes an address as {@link parseHostPort} reads it, an IPv6 address in brackets. */
export function formatHostPort(address: HostPort): string {
  const { host, port } = address;
  return isIPv6(host) ? `[${host}]:${port}` : `${host}:${port}`;
}

/**
 * An IP address in its canonical form or a host name in lower case.
 *
 * @returns `undefined` where the text is neither.
 */
export function canonicalHost(text: string): string | undefined {
  const ip = canonicalIp(text);
  if (ip !== undefined) return ip;
  if (text.length > 253 || !/^(?!-)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\.?$/i.test(text))
    return undefined;
  // Numbers alone are a mistyped IPv4 address (1.2.3, 1.2.3.256), or one in a spelling that some
  // resolvers take (0x7f.1), not a name.
  if (/^(?:(?:\d+|0x[\da-f]*)(?:\.|$))+$/i.test(text)) return undefined;
  return text.toLowerCase();
}

/** The text form of a {@link HostPort}, made canonical. */
export const HostPortText = canonicalText((text) => {
  const address = parseHostPort(text);
  return address === undefined ? undefined : formatHostPort(address);
}, "host:port, such as 10.99.0.10:5520 or [fd00::1]:5520");

/** An IP address or host name, made canonical. */
export const Host = canonicalText(canonicalHost, "a host name or IP address");
