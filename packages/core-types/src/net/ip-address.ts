import { isIP, isIPv4, isIPv6 } from "node:net";
import * as z from "zod/mini";
import { canonicalText } from "./canonical-text.js";

/**
 * The one text form of an IP address, so that two spellings of an address are one key:
 * - IPv4 as it is (`192.168.1.50`; leading zeros are refused, since some read them as octal);
 * - IPv4 mapped into IPv6 (`::ffff:192.168.1.50`) as IPv4, which is what it is on a dual-stack socket;
 * - IPv6 in lower case and compressed, without brackets, its zone id kept (`fe80::1%eth0`).
 *
 * @returns `undefined` where the text is no IP address.
 * @see RFC 5952 for the compressed form, RFC 4007 for zone ids.
 */
export function canonicalIp(text: string): string | undefined {
  const bare = text.startsWith("[") && text.endsWith("]") ? text.slice(1, -1) : text;
  if (isIPv4(bare)) return bare;
  const [address = "", zone, ...more] = bare.split("%");
  if (more.length > 0 || !isIPv6(address)) return undefined;
  if (zone !== undefined && !/^[A-Za-z0-9._~-]{1,64}$/.test(zone)) return undefined;
  const compressed = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(compressed);
  if (mapped !== null) {
    const high = Number.parseInt(mapped[1] ?? "", 16);
    const low = Number.parseInt(mapped[2] ?? "", 16);
    return [high >> 8, high & 255, low >> 8, low & 255].join(".");
  }
  return zone === undefined ? compressed : `${compressed}%${zone}`;
}

/** An IPv4 or IPv6 address, made canonical: see {@link canonicalIp}. */
export const IpAddress = canonicalText(canonicalIp, "an IP address");

/** An IPv6 address, made canonical. */
export const Ipv6Address = IpAddress.check(
  z.refine((address) => isIP(address.split("%")[0] ?? "") === 6, "must be an IPv6 address"),
);
