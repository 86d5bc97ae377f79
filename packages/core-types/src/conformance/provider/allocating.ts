import assert from "node:assert/strict";
import { expectCode } from "../expect-code.js";
import { askUdp } from "./reach.js";
import { type ProviderSuite, uniqueName, waitForLine } from "./suite.js";

export function testAllocating({ check, image, hostAddress }: ProviderSuite): void {
  check("allocate() starts a server that answers on its port", async (provider) => {
    const server = await provider.allocate({
      image,
      command: ["--udp", "SERVER_PORT"],
      ports: [{ container: 5520, protocol: "udp" }],
      readiness: { type: "log", pattern: "^ready$" },
    });
    assert.equal(server.status.state, "running");
    assert.equal(server.image, image);
    assert.equal(server.ports.length, 1);
    const [port] = server.ports;
    assert.equal(port?.container, 5520);
    assert.equal(port?.protocol, "udp");
    assert.ok(port?.host !== undefined, "a port without a wish gets one of the host's");
    assert.equal(await askUdp(hostAddress, port.host, "hello"), `${server.name} hello`);
  });

  check("allocate() hands out frozen servers with their times and labels", async (provider) => {
    const labels = { "game.mode": "skywars" };
    const before = Date.now() - 5000;
    const server = await provider.allocate({ image, labels });
    assert.ok(Object.isFrozen(server) && Object.isFrozen(server.labels));
    assert.ok(Object.isFrozen(server.ports) && Object.isFrozen(server.status));
    assert.deepEqual({ ...server.labels }, labels);
    const createdAt = Date.parse(server.createdAt);
    assert.ok(createdAt >= before && createdAt <= Date.now() + 5000, server.createdAt);
  });

  check("allocate() tells the server its id, its port and its named ports", async (provider) => {
    const { id, name } = await provider.allocate({
      image,
      command: ["--udp", "SERVER_PORT", "--tcp", "PORT_RCON_2"],
      ports: [
        { container: 5520, protocol: "udp" },
        { container: 5521, protocol: "tcp", name: "rcon-2" },
      ],
      environment: { GREETING: "grüße = ok" },
      readiness: { type: "log", pattern: "^ready$" },
    });
    await provider.sendCommand(id, "env SERVER_ID");
    await waitForLine(provider, id, `env SERVER_ID=${name}`);
    await provider.sendCommand(id, "env GREETING");
    await waitForLine(provider, id, "env GREETING=grüße = ok");
  });

  check("allocate() leaves the caller's own SERVER_ID alone", async (provider) => {
    const { id } = await provider.allocate({ image, environment: { SERVER_ID: "test-1" } });
    await provider.sendCommand(id, "env SERVER_ID");
    await waitForLine(provider, id, "env SERVER_ID=test-1");
  });

  check("allocate() gives arguments to the server as they are", async (provider) => {
    const words = ["a b", "$HOME", "'", '"', "*", "; exit 1", "ü"];
    const { id } = await provider.allocate({ image, command: words });
    const line = await waitForLine(provider, id, "started ");
    assert.deepEqual(JSON.parse(line.text.slice("started ".length)).arguments, words);
  });

  check("allocate() refuses a name that is taken and leaves its owner alone", async (provider) => {
    const name = uniqueName("twice");
    const first = await provider.allocate({ image, name });
    assert.equal(first.name, name);
    const error = await expectCode("ALREADY_EXISTS", () => provider.allocate({ image, name }));
    assert.match(error.message, new RegExp(name));
    assert.deepEqual(
      (await provider.list()).map((server) => server.id),
      [first.id],
    );
    assert.equal((await provider.get(first.id))?.status.state, "running");
  });

  check("allocate() gives a name to only one of many calls at once", async (provider) => {
    const name = uniqueName("race");
    const calls = Array.from({ length: 5 }, () => provider.allocate({ image, name }));
    const results = await Promise.allSettled(calls);
    assert.equal(results.filter((result) => result.status === "fulfilled").length, 1);
    for (const result of results) {
      if (result.status === "rejected")
        await expectCode("ALREADY_EXISTS", () => Promise.reject(result.reason));
    }
    assert.equal((await provider.list()).length, 1);
  });

  check("allocate() gives a name again after its server is gone", async (provider) => {
    const name = uniqueName("again");
    const first = await provider.allocate({ image, name });
    await provider.deallocate(first.id);
    const second = await provider.allocate({ image, name });
    assert.notEqual(second.id, first.id);
  });

  check("allocate() rejects with IMAGE_NOT_FOUND for an unknown image", async (provider) => {
    const error = await expectCode("IMAGE_NOT_FOUND", () =>
      provider.allocate({ image: "localhost/no-such-image:1" }),
    );
    assert.match(error.message, /no-such-image/);
    assert.deepEqual(await provider.list(), []);
  });

  check("allocate() runs many at once, each with ports of its own", async (provider) => {
    const servers = await Promise.all(
      Array.from({ length: 6 }, () =>
        provider.allocate({
          image,
          command: ["--udp", "SERVER_PORT"],
          ports: [{ container: 5520, protocol: "udp" }],
          readiness: { type: "log", pattern: "^ready$" },
        }),
      ),
    );
    const hosts = servers.map((server) => server.ports[0]?.host ?? 0);
    assert.equal(new Set(hosts).size, servers.length);
    for (const server of servers) {
      const answer = await askUdp(hostAddress, server.ports[0]?.host ?? 0, "who");
      assert.equal(answer, `${server.name} who`);
    }
  });
}
