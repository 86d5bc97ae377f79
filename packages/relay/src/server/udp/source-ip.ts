const mappedPrefix = "::ffff:";

/**
 * The canonical text of an address that a UDP socket names as a packet's source. The system writes
 * addresses in that form already, but for IPv4 on a dual-stack socket. This runs for every packet.
 */
export function sourceIp(address: string): string {
  if (address.startsWith(mappedPrefix) && address.includes(".")) {
    return address.slice(mappedPrefix.length);
  }
  return address;
}
