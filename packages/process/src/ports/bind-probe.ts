import { createSocket } from "node:dgram";
import { createServer, isIPv6 } from "node:net";
import type { Protocol } from "@potassium/core-types";

/** What came of trying to listen on a port. `denied`: this user may not listen on it. */
export type BindOutcome = "free" | "in-use" | "denied" | "no-such-address";

/**
 * Whether a port can be listened on: at the address, and at all addresses, where strangers listen whom
 * some systems let share the port with a listener at one address. Listens for a moment to find out.
 */
export async function probePort(
  protocol: Protocol,
  address: string,
  port: number,
): Promise<BindOutcome> {
  const wildcard = isIPv6(address) ? "::" : "0.0.0.0";
  const bind = protocol === "udp" ? bindUdp : bindTcp;
  const outcome = await bind(address, port);
  return outcome !== "free" || address === wildcard ? outcome : bind(wildcard, port);
}

function bindUdp(address: string, port: number): Promise<BindOutcome> {
  return new Promise((resolve, reject) => {
    const socket = createSocket(isIPv6(address) ? "udp6" : "udp4");
    socket.once("error", (error) => {
      socket.close();
      settleFailure(error, resolve, reject);
    });
    socket.bind({ address, port, exclusive: true }, () => socket.close(() => resolve("free")));
  });
}

function bindTcp(address: string, port: number): Promise<BindOutcome> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once("error", (error) => settleFailure(error, resolve, reject));
    server.listen({ host: address, port, exclusive: true }, () =>
      server.close(() => resolve("free")),
    );
  });
}

function settleFailure(
  error: Error,
  resolve: (outcome: BindOutcome) => void,
  reject: (error: Error) => void,
): void {
  const code = "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE") resolve("in-use");
  else if (code === "EACCES" || code === "EPERM") resolve("denied");
  else if (code === "EADDRNOTAVAIL" || code === "EINVAL") resolve("no-such-address");
  else reject(error);
}
