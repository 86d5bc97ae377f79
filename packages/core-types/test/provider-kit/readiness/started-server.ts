import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { createServer, type Server } from "node:net";
import type { StartingServer } from "../../../src/provider-kit/index.js";

/** A server that can't do anything, but for what the test gives it. */
export function startingServer(parts: Partial<StartingServer> = {}): StartingServer {
  return {
    name: "lobby-1",
    address: () => {
      throw new Error("it has no ports");
    },
    async *logLines() {},
    exec: async () => {
      throw new Error("it has no programs");
    },
    ...parts,
  };
}

/** A UDP port that answers as told, until disposed of. */
export async function udpPort(answer: (query: Buffer) => Buffer | undefined) {
  const socket = createSocket("udp4");
  let queries = 0;
  socket.on("message", (query, sender) => {
    queries += 1;
    const reply = answer(query);
    if (reply !== undefined) socket.send(reply, sender.port, sender.address);
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return {
    port: socket.address().port,
    queries: () => queries,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => socket.close(() => resolve())),
  };
}

/** A TCP port that takes connections and counts them, until disposed of. */
export async function tcpPort() {
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.on("error", () => {});
    socket.resume();
  });
  return { ...(await listening(server)), connections: () => connections };
}

/** An HTTP port that answers with the given statuses, one after another, the last one for ever. */
export async function httpPort(...statuses: number[]) {
  const paths: string[] = [];
  const server = createHttpServer((request, response) => {
    paths.push(request.url ?? "");
    response.writeHead(statuses[Math.min(paths.length, statuses.length) - 1] ?? 500);
    response.end("body");
  });
  return { ...(await listening(server)), paths };
}

async function listening(server: Server) {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("not a port");
  return {
    port: address.port,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
