// #region taste
import { resolve } from "node:path";
import { ProcessProvider } from "@potassium/process";
import { Registry } from "@potassium/registry";
import { RelayClient } from "@potassium/relay";

await using provider = new ProcessProvider({
  images: { skywars: { command: ["node", resolve("skywars.js")] } },
});
const server = await provider.allocate({
  image: "skywars",
  ports: [{ range: "25565-25599", container: 5520, protocol: "udp" }],
  readiness: { type: "log", pattern: "ready" },
});

const registry = new Registry();
registry.register({
  id: server.name,
  type: "game",
  mode: "skywars",
  host: server.ip ?? "127.0.0.1",
  port: server.ports[0]?.host ?? 5520,
  matches: { "match-1": { status: "ready", need: 8 } },
});

const match = registry.findReadyMatch("skywars");
await using relay = new RelayClient(process.env["PEEL_URL"] ?? "http://localhost:8080");
if (match) await relay.setRoute("192.168.1.50", `${match.server.host}:${match.server.port}`);
// #endregion
console.log(await relay.listRoutes());
