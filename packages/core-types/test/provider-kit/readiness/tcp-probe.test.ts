import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { expect, test } from "vitest";
import { probeTcp } from "../../../src/provider-kit/readiness/tcp-probe.js";

async function withServer(
  onConnection: (socket: Socket) => void,
  body: (port: number) => Promise<void>,
) {
  const server: Server = createServer(onConnection).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("not a TCP server");
  try {
    await body(address.port);
  } finally {
    server.close();
  }
}

const { signal } = new AbortController();

test("a port that keeps its connection passes", async () => {
  await withServer(
    (socket) => socket.on("error", () => {}),
    (port) => probeTcp({ host: "127.0.0.1", port }, signal),
  );
});

test("a port that greets and hangs up passes", async () => {
  await withServer(
    (socket) => socket.end("220 welcome\r\n"),
    (port) => probeTcp({ host: "127.0.0.1", port }, signal),
  );
});

test("a forwarded port with no server behind it, which takes connections and closes them, fails", async () => {
  await withServer(
    (socket) => socket.end(),
    async (port) => {
      await expect(probeTcp({ host: "127.0.0.1", port }, signal)).rejects.toThrow("closed at once");
    },
  );
});
