import { createSocket } from "node:dgram";
import { isIPv6 } from "node:net";
import type { HostPort } from "../../net/host-port.js";
import type { UdpQuery } from "./udp-query.js";

/** How much of a wrong answer the message shows. */
const shownBytes = 32;

/**
 * Sends the query, again at every interval since a datagram may be lost, and resolves when it is answered.
 * Ended by its signal, it rejects with the wrong answer that came last, where one came.
 */
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
    let wrong: Error | undefined;
    const onAbort = () => finish(() => reject(wrong ?? signal.reason));
    signal.addEventListener("abort", onAbort, { once: true });
    socket.once("error", (error) => finish(() => reject(error)));
    socket.on("message", (answer) => {
      if (query.isAnswer(answer)) finish(resolve);
      else wrong = new Error(`answered ${shown(answer)}, which ${query.otherwise}`);
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

function shown(answer: Buffer): string {
  if (answer.length === 0) return "without a byte";
  const hex = answer.subarray(0, shownBytes).toString("hex");
  return answer.length > shownBytes ? `${hex}… (${answer.length} bytes)` : hex;
}
