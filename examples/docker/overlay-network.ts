// #region example
import { DockerProvider } from "@potassium/docker";

await using provider = new DockerProvider();
const server = await provider.allocate({
  image: "localhost/hytale-server",
  network: "banananet",
  ip: "10.99.0.10",
  ports: [{ container: 5520, protocol: "udp" }],
});
// #endregion
console.log(JSON.stringify({ server }));
