import { expect, test } from "vitest";
import { describeEngines } from "../engines.js";
import { scratch } from "./scratch.js";
import { scratchNetwork } from "./scratch-network.js";

describeEngines((engine) => {
  const { image, host } = engine;

  test("servers get the addresses of their network's pool, also those of several calls at once", async () => {
    await using network = await scratchNetwork(host);
    const addressPools = { [network.name]: `${network.ip(20)}-${network.ip(22)}` };
    await using ours = scratch(engine, { addressPools });
    const allocate = () => ours.provider.allocate({ image, network: network.name });
    const servers = await Promise.all([allocate(), allocate(), allocate()]);
    const ips = servers.map(({ ip }) => ip).sort();
    expect(ips).toEqual([network.ip(20), network.ip(21), network.ip(22)]);
    await expect(allocate()).rejects.toMatchObject({ code: "ADDRESSES_EXHAUSTED" });
    const [gone] = servers;
    await ours.provider.deallocate(gone?.id ?? "");
    expect((await allocate()).ip).toBe(gone?.ip);
  });

  test("an address of the pool that a stranger's container has is passed over", async () => {
    await using network = await scratchNetwork(host);
    await using stranger = scratch(engine);
    await stranger.provider.allocate({ image, network: network.name, ip: network.ip(20) });
    const addressPools = { [network.name]: `${network.ip(20)}-${network.ip(21)}` };
    await using ours = scratch(engine, { addressPools });
    const server = await ours.provider.allocate({ image, network: network.name });
    expect(server.ip).toBe(network.ip(21));
  });
});
