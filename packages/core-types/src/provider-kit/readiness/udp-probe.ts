import { createSocket } from "node:dgram";
import { isIPv6 } from "node:net";
import type { HostPort } from "../../net/host-port.js";
import type { UdpQuery } from "./udp-query.js";

/** Sends the query, again at every interval since a datagram may be lost, and resolves when it is answered. */
export function probeUdp(
  address: HostPort,
  query: UdpQuery,
  intervalMs: number,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const socket = createSocket(isIPv6(address.host) ? "udp6" : "udp4");
    let timer: NodeJS.Timeout | undefined;
    let finished = false;
    const finish = (settle: () => void) => {
      if (finished) return;
      finished = true;
      clearInterval(timer);
      signal.removeEventListener("abort", onAbort);
      socket.removeAllListeners("error");
      // A look-up or send that is still under way may fail after all is said.
      socket.on("error", () => {});
      socket.close();
      settle();
    };
    const onAbort = () => finish(() => reject(signal.reason));
    signal.addEventListener("abort", onAbort, { once: true });
    socket.once("error", (error) => finish(() => reject(error)));
    socket.on("message", (answer) => {
      if (query.isAnswer(answer)) finish(resolve);
    });
    // Connected, so that only this server's answers come in, and a closed port is told (ECONNREFUSED).
    socket.once("connect", () => {
      const send = () => socket.send(query.datagram);
      send();
      timer = setInterval(send, intervalMs);
    });
    socket.connect(address.port, address.host);
  });
}
