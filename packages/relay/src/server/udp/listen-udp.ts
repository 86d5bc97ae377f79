import type { Socket } from "node:dgram";
import { once } from "node:events";
import type { HostPort } from "@potassium/core-types";
import { createUdpSocket, growReceiveBuffer, ipFamily } from "./udp-socket.js";

/**
 * Binds a UDP socket to an IP address and port; rejects with the system's error, and leaves no socket
 * then.
 */
export async function listenUdp(
  { host, port }: HostPort,
  receiveBufferBytes: number,
): Promise<Socket> {
  const socket = createUdpSocket(ipFamily(host) ?? 4);
  try {
    const listening = once(socket, "listening");
    socket.bind({ port, address: host, exclusive: true });
    await listening;
  } catch (error) {
    socket.close();
    throw error;
  }
  growReceiveBuffer(socket, receiveBufferBytes);
  return socket;
}
