// #region example
import { DockerProvider } from "@potassium/docker";

const provider = new DockerProvider();
const server = await provider.allocate({
  image: "localhost/hytale-server",
  ports: [{ host: 5521, container: 5521, protocol: "udp" }],
  environment: { SERVER_ID: "test-1" },
});
const servers = await provider.list();
await provider.deallocate(server.id);
// #endregion
console.log(JSON.stringify({ server, servers }));
