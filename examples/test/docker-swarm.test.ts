import { conformanceServerPath } from "@potassium/core-types/conformance";
import { DockerProvider } from "@potassium/docker";
import {
  canStartDockerd,
  type DockerSwarm,
  dockerSwarm,
  importConformanceImage,
} from "@potassium/tooling/engines";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeGameImage } from "./engine-setup.js";
import { runDockerExample } from "./run-docker-example.js";

const image = "localhost/hytale-server";
const network = "banananet";

/** Prints what the server at this address answers, which may not listen yet. */
const question = `const socket = require("node:dgram").createSocket("udp4");
  setInterval(() => socket.send("hello", 5520, "10.99.0.10"), 100);
  socket.once("message", (answer) => { console.log(String(answer)); process.exit(0); });`;

describe.skipIf(!(await canStartDockerd()))("on a Swarm", () => {
  let swarm: DockerSwarm;

  beforeAll(async () => {
    swarm = await dockerSwarm();
    await swarm.createOverlay(network, "10.99.0.0/24");
    for (const { host } of [swarm.manager, swarm.worker]) {
      await importConformanceImage(host, conformanceServerPath);
      await makeGameImage(host, image, ["--udp", "SERVER_PORT"]);
    }
  }, 180_000);

  afterAll(() => swarm?.[Symbol.asyncDispose](), 60_000);

  test("a server with a fixed address on an overlay network answers one on another machine", async () => {
    const { server } = await runDockerExample("docker-overlay-network", swarm.manager.host);
    expect(server.networks[network]?.ip).toBe("10.99.0.10");
    await using manager = new DockerProvider({ host: swarm.manager.host });
    expect((await manager.engine()).swarm).toBe("manager");
    await using worker = new DockerProvider({ host: swarm.worker.host });
    const ports = [{ container: 5520, protocol: "udp" as const }];
    const player = await worker.allocate({ image, network, ports });
    const answered = worker.exec(player.id, ["node", "-e", question], { timeoutMs: 20_000 });
    expect(await answered).toMatchObject({ exitCode: 0, stdout: `${server.name} hello\n` });
    await worker.deallocate(player.id);
    await manager.deallocate(server.id);
  });
});
