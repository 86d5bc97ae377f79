import { createSocket } from "node:dgram";
import { once } from "node:events";
import { join } from "node:path";
import { ProcessProvider } from "@potassium/process";

export interface GameAnswer {
  readonly version: string;
  /** SHA-256 of the level that it has loaded. */
  readonly level: string;
}

/** Starts the game that is installed, asks it who it is, and ends it. */
export async function askGame(root: string, signal: AbortSignal): Promise<GameAnswer> {
  await using provider = new ProcessProvider({
    images: { game: { command: [process.execPath, join(root, "skywars.mjs")] } },
  });
  const server = await provider.allocate(
    {
      image: "game",
      ports: [{ container: 5520, protocol: "udp" }],
      readiness: { type: "log", pattern: "^ready$", timeoutMs: 15_000 },
    },
    { signal },
  );
  const port = server.ports[0]?.host;
  if (port === undefined) throw new Error("the game has no port");
  const socket = createSocket("udp4");
  try {
    socket.connect(port, server.ip ?? "127.0.0.1");
    await once(socket, "connect", { signal });
    socket.send("who are you?");
    const timeout = AbortSignal.any([signal, AbortSignal.timeout(10_000)]);
    const [message] = await once(socket, "message", { signal: timeout });
    return JSON.parse(String(message)) as GameAnswer;
  } finally {
    socket.close();
  }
}
