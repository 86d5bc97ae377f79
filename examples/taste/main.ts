// #region taste
import { resolve } from "node:path";
import { ProcessProvider } from "@potassium/process";
import { Registry } from "@potassium/registry";
import { RelayClient } from "@potassium/relay";
import { startRelay } from "@potassium/relay/server";

await using provider = new ProcessProvider({
  images: { skywars: { command: ["node", resolve("skywars.js")] } },
});
const server = await provider.allocate({
  image: "skywars",
  ports: [{ container: 5520, protocol: "udp", range: "25565-25599" }],
  readiness: { type: "log", pattern: "ready" },
});
const port = server.ports[0]?.host;
if (port === undefined) throw new Error("the server has no port on this host");

const registry = new Registry();
registry.register({
  id: server.name,
  type: "game",
  mode: "skywars",
  host: server.ip ?? "127.0.0.1",
  port,
  matches: { "match-1": { status: "ready", need: 8 } },
});

// In production, a Peel that runs elsewhere: give its URL to the client.
await using relay = await startRelay({ udp: { host: "127.0.0.1", port: 0 } });
await using routes = new RelayClient(relay.url);
const match = registry.findReadyMatch("skywars");
if (match) await routes.setRoute("192.168.1.50", `${match.server.host}:${match.server.port}`);
console.log(await routes.listRoutes()); // { "192.168.1.50": "127.0.0.1:25565" }
// #endregion
