import { networkInterfaces } from "node:os";
import { ProcessProvider } from "@potassium/process";
import { expect, test } from "vitest";

const hasIpv6 = Object.values(networkInterfaces())
  .flat()
  .some((address) => address?.address === "::1");

test.runIf(hasIpv6)("servers can listen on an IPv6 address, and are probed there", async () => {
  const code = `
    const { SERVER_HOST, SERVER_PORT } = process.env;
    require("node:net").createServer().listen(Number(SERVER_PORT), SERVER_HOST);`;
  await using provider = new ProcessProvider({
    images: { game: { command: [process.execPath, "-e", code] } },
    hostAddress: "::1",
  });
  const server = await provider.allocate({
    image: "game",
    ports: [{ container: 25_565, protocol: "tcp" }],
    readiness: { type: "tcp" },
  });
  expect(server.ip).toBe("::1");
});

test("servers that listen on all addresses are probed at the loopback address", async () => {
  const code = `
    const { SERVER_HOST, SERVER_PORT } = process.env;
    require("node:http").createServer((_, answer) => answer.end(SERVER_HOST))
      .listen(Number(SERVER_PORT), "127.0.0.1");`;
  await using provider = new ProcessProvider({
    images: { game: { command: [process.execPath, "-e", code] } },
    hostAddress: "0.0.0.0",
  });
  await provider.allocate({
    image: "game",
    ports: [{ container: 80, protocol: "tcp" }],
    readiness: { type: "http" },
  });
});
