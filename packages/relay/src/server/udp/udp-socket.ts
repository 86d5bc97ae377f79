import { createSocket, type Socket } from "node:dgram";
import { isIPv4, isIPv6 } from "node:net";

/** 4 or 6, as in `udp4` and `udp6`. */
export type IpFamily = 4 | 6;

/** The family of an IP address, which may have a zone id. */
export function ipFamily(address: string): IpFamily | undefined {
  if (isIPv4(address)) return 4;
  return isIPv6(address) ? 6 : undefined;
}

/** The address that a socket of the family listens on to be reached on all of the machine's. */
export const anyAddress = { 4: "0.0.0.0", 6: "::" } as const satisfies Record<IpFamily, string>;

/**
 * A UDP socket, not bound yet, that takes IP addresses and never a host name: Node would look up the
 * destination of every packet, and send it a tick later, even where it is an address already.
 */
export function createUdpSocket(family: IpFamily): Socket {
  return createSocket({
    type: family === 4 ? "udp4" : "udp6",
    lookup: (address, _options, done) => done(null, address, family),
  });
}

/**
 * Asks for room for the packets that arrive while the process is busy. The system caps what it
 * gives, or refuses; the socket then works with what it has.
 */
export function growReceiveBuffer(socket: Socket, bytes: number): void {
  try {
    socket.setRecvBufferSize(bytes);
  } catch {
    // Refused, as macOS does above its limit.
  }
}
