import { conformanceServerPath } from "@potassium/core-types/conformance";
import {
  canStartDockerd,
  type DockerSwarm,
  dockerSwarm,
  conformanceImage as image,
  importConformanceImage,
} from "@potassium/tooling/engines";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DockerProvider, type DockerProviderOptions } from "../../src/index.js";
import { uniqueNamespace } from "../engines.js";
import { rawContainers } from "./raw-engine.js";
import { udpQuestion } from "./udp-question.js";

describe.skipIf(!(await canStartDockerd()))("on a Swarm of two Docker engines", () => {
  let swarm: DockerSwarm;
  const network = "banananet";
  const subnet = "10.99.0.0/24";

  beforeAll(async () => {
    swarm = await dockerSwarm();
    await swarm.createOverlay(network, subnet);
    await Promise.all(
      [swarm.manager, swarm.worker].map(({ host }) =>
        importConformanceImage(host, conformanceServerPath),
      ),
    );
  }, 120_000);

  afterAll(() => swarm?.[Symbol.asyncDispose](), 60_000);

  /** A provider whose servers are removed at its end. */
  function open(engine: "manager" | "worker", options: DockerProviderOptions = {}) {
    const namespace = uniqueNamespace();
    const { host } = swarm[engine];
    const provider = new DockerProvider({ host, namespace, ...options });
    return {
      provider,
      containers: () => rawContainers(host, `potassium.namespace=${namespace}`),
      async [Symbol.asyncDispose]() {
        for (const { id } of await provider.list()) await provider.deallocate(id);
        await provider[Symbol.asyncDispose]();
      },
    };
  }

  test("engine() tells what each is in the Swarm", async () => {
    await using manager = open("manager");
    await using worker = open("worker");
    expect(await manager.provider.engine()).toMatchObject({ swarm: "manager" });
    expect((await worker.provider.engine()).limitations.staticIp).toBeUndefined();
    expect((await worker.provider.engine()).swarm).toBe("worker");
  });

  test("a server on one engine asks one on the other at its static address of the overlay", async () => {
    await using manager = open("manager");
    await using worker = open("worker");
    const game = await manager.provider.allocate({
      image,
      network,
      ip: "10.99.0.10",
      command: ["--udp", "SERVER_PORT"],
      ports: [{ container: 5520, protocol: "udp" }],
    });
    expect(game.ip).toBe("10.99.0.10");
    expect(game.networks[network]?.ip).toBe("10.99.0.10");
    expect(game.ports).toEqual([{ container: 5520, protocol: "udp" }]);
    // The worker has not seen the network before.
    const player = await worker.provider.allocate({ image, network, ip: "10.99.0.20" });
    expect((await worker.provider.get(player.id))?.ip).toBe("10.99.0.20");
    const question = ["node", "-e", udpQuestion, "--", "10.99.0.10", "5520", "hello"];
    expect(await worker.provider.exec(player.id, question)).toMatchObject({
      exitCode: 0,
      stdout: `${game.name} hello\n`,
    });
  });

  test("an address of the overlay that a server has, on either engine, is ADDRESS_IN_USE until it goes", async () => {
    await using one = open("manager");
    await using stranger = open("manager");
    await using worker = open("worker");
    const request = { image, network, ip: "10.99.0.30" };
    const inUse = { code: "ADDRESS_IN_USE", field: "ip" };
    const first = await one.provider.allocate(request);
    // What the provider knows itself is told at once; a Swarm takes 20 seconds for its refusal.
    await expect(one.provider.allocate(request)).rejects.toMatchObject(inUse);
    await Promise.all(
      [stranger, worker].map(async ({ provider, containers }) => {
        await expect(provider.allocate(request)).rejects.toMatchObject(inUse);
        expect(await containers()).toEqual([]);
      }),
    );
    await one.provider.deallocate(first.id);
    expect((await worker.provider.allocate(request)).ip).toBe(request.ip);
  }, 90_000);

  test("a pool hands out the overlay's addresses one after another", async () => {
    const addressPools = { [network]: "10.99.0.40-10.99.0.42" };
    await using ours = open("manager", { addressPools });
    const allocate = () => ours.provider.allocate({ image, network });
    expect((await allocate()).ip).toBe("10.99.0.40");
    const both = await Promise.all([allocate(), allocate()]);
    expect(both.map(({ ip }) => ip).sort()).toEqual(["10.99.0.41", "10.99.0.42"]);
    await expect(allocate()).rejects.toMatchObject({ code: "ADDRESSES_EXHAUSTED" });
  });

  test.each(["manager", "worker"] as const)(
    "a network that the Swarm does not have is NOT_FOUND on its %s",
    async (engine) => {
      await using ours = open(engine);
      await expect(ours.provider.allocate({ image, network: "no-such-net" })).rejects.toMatchObject(
        { code: "NOT_FOUND", field: "network" },
      );
      expect(await ours.containers()).toEqual([]);
    },
  );
});
