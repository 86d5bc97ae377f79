import { connect } from "node:net";
import type { HostPort } from "../../net/host-port.js";

/** How long a connection must last. A port that an engine forwards is closed well within this time. */
const settleMs = 150;

/**
 * Resolves when the port takes a connection and keeps it, or says something on it. Container engines
 * take connections for a server that does not listen yet, and close them at once.
 */
export function probeTcp(address: HostPort, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const socket = connect({ host: address.host, port: address.port });
    let timer: NodeJS.Timeout | undefined;
    const finish = (settle: () => void) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      socket.destroy();
      settle();
    };
    const onAbort = () => finish(() => reject(signal.reason));
    signal.addEventListener("abort", onAbort, { once: true });
    socket.once("connect", () => {
      timer = setTimeout(() => finish(resolve), settleMs);
    });
    socket.once("data", () => finish(resolve));
    socket.once("end", () => finish(() => reject(new Error("the connection was closed at once"))));
    socket.once("error", (error) => finish(() => reject(error)));
  });
}
