import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export interface PausingProxy extends AsyncDisposable {
  readonly url: string;
}

/**
 * Stands between a registry and Redis.
 *
 * @param before is awaited with what the registry sends, before Redis gets it: a command is never split, they are short.
 */
export async function pausingProxy(
  target: string,
  before: (sent: string) => Promise<void>,
): Promise<PausingProxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  const server = createServer((from) => {
    const to = connect(Number(port), hostname);
    for (const socket of [from, to]) sockets.add(socket.on("error", () => {}).setNoDelay());
    to.pipe(from);
    let passed = Promise.resolve();
    from.on("data", (data) => {
      passed = passed
        .then(() => before(data.toString("latin1")))
        .then(
          () => void to.write(data),
          () => void from.destroy(),
        );
    });
    from.once("close", () => to.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
