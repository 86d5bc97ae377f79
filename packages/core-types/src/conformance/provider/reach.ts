import { createSocket } from "node:dgram";
import { once } from "node:events";
import { connect, createServer } from "node:net";

/** Sends a packet, again and again until an answer comes, for 10 seconds at most. */
export async function askUdp(host: string, port: number, text: string): Promise<string> {
  const socket = createSocket(host.includes(":") ? "udp6" : "udp4");
  const send = () => socket.send(text, port, host);
  const timer = setInterval(send, 100);
  try {
    const answer = once(socket, "message", { signal: AbortSignal.timeout(10_000) });
    send();
    const [message] = await answer;
    return String(message);
  } finally {
    clearInterval(timer);
    socket.close();
  }
}

/** Sends a text over a connection and gives what comes back first. */
export async function askTcp(host: string, port: number, text: string): Promise<string> {
  const socket = connect({ host, port });
  try {
    socket.write(text);
    const [data] = await once(socket, "data", { signal: AbortSignal.timeout(10_000) });
    return String(data);
  } finally {
    socket.destroy();
  }
}

/** A port that something listens on until `release`. */
export interface TakenPort {
  readonly port: number;
  readonly release: () => Promise<void>;
}

/** Takes a free UDP port of the host. */
export async function takeUdpPort(): Promise<TakenPort> {
  const socket = createSocket("udp4");
  socket.bind(0, "0.0.0.0");
  await once(socket, "listening");
  return {
    port: socket.address().port,
    release: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}

/** Takes a free TCP port of the host. */
export async function takeTcpPort(): Promise<TakenPort> {
  const server = createServer().listen(0, "0.0.0.0");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("not a TCP server");
  return {
    port: address.port,
    release: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** A UDP port that was free a moment ago. */
export async function freeUdpPort(): Promise<number> {
  const { port, release } = await takeUdpPort();
  await release();
  return port;
}

/** The first of `count` UDP ports in a row that were free a moment ago. */
export async function freeUdpRun(count: number): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const taken = [await takeUdpPort()];
    const first = taken[0]?.port ?? 0;
    try {
      for (let next = first + 1; next < first + count; next += 1) {
        const socket = createSocket("udp4");
        socket.bind(next, "0.0.0.0");
        await once(socket, "listening");
        taken.push({
          port: next,
          release: () => new Promise((done) => socket.close(() => done())),
        });
      }
      return first;
    } catch {
      // One of them is somebody's; look elsewhere.
    } finally {
      await Promise.all(taken.map(({ release }) => release()));
    }
  }
  throw new Error(`no ${count} free UDP ports in a row`);
}
