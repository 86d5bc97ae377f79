import { execFile } from "node:child_process";
import { createSocket } from "node:dgram";
import { networkInterfaces } from "node:os";
import { promisify } from "node:util";
import { hasConntrack } from "@potassium/tooling/engines";
import { describe, expect, test } from "vitest";
import { describeEngines } from "../engines.js";
import { freeUdpPorts } from "./free-ports.js";
import { scratch } from "./scratch.js";
import { until } from "./until.js";

const execute = promisify(execFile);
const ownAddress = Object.values(networkInterfaces())
  .flatMap((list) => list ?? [])
  .find(({ family, internal }) => family === "IPv4" && !internal)?.address;

/** Who answers packets to a UDP port, as the kernel has decided for those who send now. */
async function answererOf(port: number): Promise<string | undefined> {
  const args = ["-L", "-p", "udp", "--orig-dst", ownAddress ?? "", "--orig-port-dst", String(port)];
  const { stdout } = await execute("conntrack", args);
  return [...stdout.matchAll(/\bsrc=(\S+)/g)][1]?.[1];
}

/** A player who sends all the time, with the same port. */
function player(port: number): Disposable {
  const socket = createSocket("udp4");
  socket.on("error", () => {});
  const timer = setInterval(() => socket.send("hello", port, ownAddress), 20);
  return {
    [Symbol.dispose]() {
      clearInterval(timer);
      socket.close();
    },
  };
}

describe.skipIf(!hasConntrack())("with the kernel's table of flows", () => {
  describeEngines((engine) => {
    test("a player who sent before the server was there, or to the one before, reaches the container and not a proxy", async () => {
      await using ours = scratch(engine);
      const [port = 0] = await freeUdpPorts(1);
      using _player = player(port);
      await until("a flow to nobody", async () => (await answererOf(port)) === ownAddress);
      for (let round = 1; round <= 2; round += 1) {
        const server = await ours.provider.allocate({
          image: engine.image,
          ports: [{ container: 5520, host: port, protocol: "udp" }],
        });
        expect(server.warnings.filter((warning) => warning.includes("UDP"))).toEqual([]);
        await until("a flow to the container", async () => (await answererOf(port)) === server.ip);
        await ours.provider.restart(server.id);
        const { ip } = (await ours.provider.get(server.id)) ?? {};
        await until("a flow to it again", async () => (await answererOf(port)) === ip);
        await ours.provider.deallocate(server.id);
        await until("no flow to it", async () => (await answererOf(port)) !== ip);
      }
    });
  });
});
