import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A socket in front of an engine's, which counts what passes. */
export interface CountingProxy extends AsyncDisposable {
  /** As for DOCKER_HOST. */
  readonly host: string;
  /** The requests so far: "GET /v1.41/containers/json?all=true". */
  readonly requests: readonly string[];
  /** Connections that are open now. */
  readonly open: () => number;
  /** Breaks all connections off, as a network or an engine does that dies. */
  readonly cut: () => void;
}

const requestLine = /^(?:GET|HEAD|POST|PUT|DELETE) \S+(?= HTTP\/1\.1\r$)/gm;

export async function countingProxy(engineHost: string): Promise<CountingProxy> {
  const folder = await mkdtemp(join(tmpdir(), "potassium-proxy-"));
  const path = join(folder, "engine.sock");
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (client) => {
    const engine = connect({ path: engineHost.replace(/^unix:\/\//, ""), allowHalfOpen: true });
    for (const [one, other] of [
      [client, engine],
      [engine, client],
    ] as const) {
      one.on("error", () => other.destroy());
      one.once("close", () => other.destroy());
      one.pipe(other);
    }
    sockets.add(client);
    client.once("close", () => sockets.delete(client));
    // Clients write the head of a request in one piece.
    client.on("data", (data: Buffer) => {
      requests.push(...(data.toString("latin1").match(requestLine) ?? []));
    });
  });
  server.listen(path);
  await once(server, "listening");
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    host: `unix://${path}`,
    requests,
    open: () => sockets.size,
    cut,
    async [Symbol.asyncDispose]() {
      cut();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}
