import { createSocket } from "node:dgram";
import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import { conformanceServerPath } from "@potassium/core-types/conformance";
import { DockerProvider } from "@potassium/docker";
import { availableEngines, importConformanceImage } from "@potassium/tooling/engines";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createNetwork, makeGameImage, removeImage, removeNetwork } from "./engine-setup.js";
import { runDockerExample } from "./run-docker-example.js";

// The examples are the seed's to the letter, with its image, host port, network and address. So the engines
// take turns, in this file and nowhere else, and each has given everything back before the next begins.
const image = "localhost/hytale-server";
const network = "banananet";

for (const { name, host = "" } of availableEngines()) {
  describe.skipIf(host === "")(`on ${name}`, () => {
    beforeAll(async () => {
      await importConformanceImage(host, conformanceServerPath);
      await removeAll(host);
      await makeGameImage(host, image, ["--udp", "SERVER_PORT"]);
      await createNetwork(host, network, "10.99.0.0/24");
    }, 180_000);
    afterAll(() => removeAll(host), 120_000);

    test("the seed's example allocates a server on a host port, lists it and removes it", async () => {
      await whenFree(5521);
      const { server, servers } = await runDockerExample("docker", host);
      expect(server.status.state).toBe("running");
      expect(server.ports).toEqual([{ container: 5521, protocol: "udp", host: 5521 }]);
      expect(servers).toContainEqual(expect.objectContaining({ id: server.id, name: server.name }));
      await using provider = new DockerProvider({ host });
      expect(await provider.get(server.id)).toBeUndefined();
      await whenFree(5521);
    });

    test("a server with a fixed address on a network answers its players there", async () => {
      const { server } = await runDockerExample("docker-overlay-network", host);
      expect(server.ip).toBe("10.99.0.10");
      expect(server.networks[network]?.ip).toBe("10.99.0.10");
      expect(server.ports).toEqual([{ container: 5520, protocol: "udp" }]);
      expect(await ask("10.99.0.10", 5520, "hello")).toBe(`${server.name} hello`);
      await using provider = new DockerProvider({ host });
      await provider.deallocate(server.id);
    });
  });
}

/** What these tests leave, and what a run that was killed has left. */
async function removeAll(host: string): Promise<void> {
  await using provider = new DockerProvider({ host });
  for (const server of await provider.list()) {
    const ofImage = server.image === image || server.image === `${image}:latest`;
    if (ofImage) await provider.deallocate(server.id);
  }
  await removeNetwork(host, network);
  await removeImage(host, image);
}

/** Waits until nobody has the UDP port of this machine. */
async function whenFree(port: number): Promise<void> {
  for (const deadline = Date.now() + 20_000; ; await setTimeout(100)) {
    const socket = createSocket("udp4");
    const outcome = new Promise<Error | undefined>((resolve) => {
      socket.once("error", resolve);
      socket.bind(port, () => resolve(undefined));
    });
    const error = await outcome;
    await new Promise<void>((resolve) => socket.close(resolve));
    if (error === undefined) return;
    if (Date.now() > deadline) throw error;
  }
}

/** Sends a packet until an answer comes: a server that has just been started may not listen yet. */
async function ask(host: string, port: number, text: string): Promise<string> {
  const socket = createSocket("udp4");
  const deadline = AbortSignal.timeout(20_000);
  const timer = setInterval(() => socket.send(text, port, host), 100);
  try {
    const [message] = (await once(socket, "message", { signal: deadline })) as [Buffer];
    return message.toString();
  } finally {
    clearInterval(timer);
    socket.close();
  }
}
