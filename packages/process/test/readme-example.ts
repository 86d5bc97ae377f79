// #region example
import { resolve } from "node:path";
import { ProcessProvider } from "@potassium/process";

await using provider = new ProcessProvider({
  images: { skywars: { command: ["node", resolve("skywars.js")] } },
});
const server = await provider.allocate({
  image: "skywars",
  ports: [{ container: 5520, protocol: "udp" }], // on the host: a free one, told by SERVER_PORT
  readiness: { type: "log", pattern: "ready" },
});
await provider.sendCommand(server.id, "say welcome");
const lines = await provider.logs(server.id, { tail: 20 });
await provider.deallocate(server.id); // SIGTERM, ten seconds of grace, then the whole tree is killed
// #endregion
export const outcome = { lines, server };
