// #region plain
import { resolve } from "node:path";
import { ProcessProvider } from "@potassium/process";

const provider = new ProcessProvider({
  images: { skywars: { command: ["node", resolve("skywars.js")] } },
});
try {
  const server = await provider.allocate({
    image: "skywars",
    ports: [{ container: 5520, protocol: "udp" }],
    readiness: { type: "log", pattern: "ready" },
  });
  console.log(`${server.name} is ${server.status.state}`);
} finally {
  await provider[Symbol.asyncDispose](); // stops and removes the server
}
// #endregion
