import { expect, test } from "vitest";
import { describeEngines } from "../engines.js";
import { askRaw, rawContainers } from "./raw-engine.js";
import { scratch } from "./scratch.js";
import { scratchNetwork } from "./scratch-network.js";

describeEngines((engine) => {
  const { image, host } = engine;
  const readiness = { type: "log", pattern: "^ready$" } as const;

  test("a server gets the static address that it asked for, and is listed with it", async () => {
    await using network = await scratchNetwork(host);
    await using ours = scratch(engine);
    const ip = network.ip(10);
    const server = await ours.provider.allocate({ image, network: network.name, ip });
    expect(server.ip).toBe(ip);
    expect(server.networks).toEqual({ [network.name]: { ip } });
    const [listed] = await ours.provider.list();
    expect(listed).toMatchObject({ ip, networks: server.networks });
    // A stopped container holds no address; the one that it will have again is still told.
    await askRaw(host, "POST", `/containers/${server.id}/kill`);
    await ours.provider.list({ state: "stopped" });
    expect((await ours.provider.get(server.id))?.ip).toBe(ip);
    expect((await ours.provider.restart(server.id)).ip).toBe(ip);
  });

  test("an address that another container has is ADDRESS_IN_USE, and nothing is left", async () => {
    await using network = await scratchNetwork(host);
    await using ours = scratch(engine);
    const request = { image, network: network.name, ip: network.ip(10) };
    const first = await ours.provider.allocate(request);
    await expect(ours.provider.allocate(request)).rejects.toMatchObject({
      code: "ADDRESS_IN_USE",
      field: "ip",
    });
    const left = await rawContainers(host, `potassium.namespace=${ours.namespace}`);
    expect(left.map(({ Id }) => Id)).toEqual([first.id]);
    await ours.provider.deallocate(first.id);
    expect((await ours.provider.allocate(request)).ip).toBe(request.ip);
  });

  test("an address that a stopped server asked for is ADDRESS_IN_USE, though engines give it away", async () => {
    await using network = await scratchNetwork(host);
    await using ours = scratch(engine);
    const request = { image, network: network.name, ip: network.ip(10), readiness };
    const first = await ours.provider.allocate(request);
    await askRaw(host, "POST", `/containers/${first.id}/stop?t=5`);
    await expect(ours.another().allocate(request)).rejects.toMatchObject({
      code: "ADDRESS_IN_USE",
      field: "ip",
    });
    expect((await ours.provider.restart(first.id)).ip).toBe(request.ip);
  });

  test("the network's gateway was given to a server by Podman: it is ADDRESS_IN_USE", async () => {
    await using network = await scratchNetwork(host);
    const addressPools = { [network.name]: `${network.ip(1)}-${network.ip(3)}` };
    await using ours = scratch(engine, { addressPools });
    const request = { image, network: network.name };
    await expect(ours.provider.allocate({ ...request, ip: network.ip(1) })).rejects.toMatchObject({
      code: "ADDRESS_IN_USE",
      field: "ip",
    });
    expect((await ours.provider.allocate(request)).ip).toBe(network.ip(2));
  });

  test("an address outside of the subnet is INVALID_ARGUMENT, and nothing is left", async () => {
    await using network = await scratchNetwork(host);
    await using ours = scratch(engine);
    await expect(
      ours.provider.allocate({ image, network: network.name, ip: "192.0.2.7" }),
    ).rejects.toMatchObject({ code: "INVALID_ARGUMENT", field: "ip" });
    expect(await rawContainers(host, `potassium.namespace=${ours.namespace}`)).toEqual([]);
  });

  test("a network that is not there is NOT_FOUND, and not made", async () => {
    await using ours = scratch(engine);
    const network = `${ours.namespace}-none`;
    await expect(ours.provider.allocate({ image, network })).rejects.toMatchObject({
      code: "NOT_FOUND",
      field: "network",
    });
    expect((await askRaw(host, "GET", `/networks/${network}`)).status).toBe(404);
  });

  test("on a network only ports with a wish for one of the host's are published", async () => {
    await using network = await scratchNetwork(host);
    await using ours = scratch(engine);
    const server = await ours.provider.allocate({
      image,
      network: network.name,
      command: ["--tcp", "PORT_GAME", "--tcp", "PORT_QUERY"],
      ports: [
        { container: 5520, protocol: "tcp", name: "game" },
        { container: 5521, protocol: "tcp", name: "query", range: "21000-29999" },
      ],
      readiness: { type: "tcp", port: "query" },
    });
    const [game, query] = server.ports;
    expect(game?.host).toBeUndefined();
    expect(query?.host).toBeGreaterThanOrEqual(21000);
  });

  test("a port without one of the host's is probed at the server's own address", async () => {
    await using network = await scratchNetwork(host);
    await using ours = scratch(engine);
    const server = await ours.provider.allocate({
      image,
      network: network.name,
      command: ["--tcp", "SERVER_PORT"],
      ports: [{ container: 5520, protocol: "tcp" }],
      readiness: { type: "tcp" },
    });
    expect(server.status.state).toBe("running");
    expect(server.ports[0]?.host).toBeUndefined();
  });

  test("a server reaches another by its alias and by its name", async () => {
    await using network = await scratchNetwork(host);
    await using ours = scratch(engine);
    const lobby = await ours.provider.allocate({
      image,
      network: network.name,
      aliases: ["lobby"],
      command: ["--tcp", "SERVER_PORT"],
      ports: [{ container: 5520, protocol: "tcp" }],
      readiness,
    });
    const player = await ours.provider.allocate({ image, network: network.name });
    const ask = `const [host, text] = process.argv.slice(1);
      const socket = require("node:net").connect(5520, host, () => socket.write(text));
      socket.once("data", (data) => { console.log(String(data)); socket.destroy(); });`;
    for (const name of ["lobby", lobby.name]) {
      const result = await ours.provider.exec(player.id, ["node", "-e", ask, "--", name, "hello"]);
      expect(result).toMatchObject({ exitCode: 0, stdout: "hello\n" });
    }
  });

  test("a server has a static IPv6 address beside the IPv4 one, and listens on both", async () => {
    await using network = await scratchNetwork(host, { ipv6: true });
    await using ours = scratch(engine);
    const { name } = network;
    const [ip, ipv6] = [network.ip(20), network.ipv6(0x20)];
    const server = await ours.provider.allocate({ image, network: name, ip, ipv6 });
    expect(server.ip).toBe(ip);
    expect(server.networks[name]).toEqual({ ip, ipv6 });
    const only6 = await ours.provider.allocate({ image, network: name, ip: network.ipv6(0x21) });
    expect(only6.networks[name]?.ipv6).toBe(network.ipv6(0x21));
    const { stdout } = await ours.provider.exec(server.id, [
      ...["node", "-p"],
      `Object.values(require("node:os").networkInterfaces()).flat().map((a) => a.address).join(" ")`,
    ]);
    expect(stdout.trim().split(" ")).toEqual(expect.arrayContaining([ip, ipv6]));
  });
});
