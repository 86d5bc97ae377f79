import assert from "node:assert/strict";
import { type ProviderSuite, uniqueName, waitForState } from "./suite.js";

export function testListing({ check, image }: ProviderSuite): void {
  check("list() gives all servers, oldest first, also those that stopped", async (provider) => {
    assert.deepEqual(await provider.list(), []);
    const first = await provider.allocate({ image });
    const second = await provider.allocate({ image });
    const third = await provider.allocate({ image });
    await provider.sendCommand(second.id, "crash 7");
    await waitForState(provider, second.id, "stopped");
    const servers = await provider.list();
    assert.deepEqual(
      servers.map(({ id }) => id),
      [first.id, second.id, third.id],
    );
    assert.deepEqual(
      servers.map(({ status }) => status.state),
      ["running", "stopped", "running"],
    );
    assert.ok(Object.isFrozen(servers) && servers.every((server) => Object.isFrozen(server)));
  });

  check("list() filters by state, exact name and labels", async (provider) => {
    const name = uniqueName("lobby");
    const short = await provider.allocate({ image, name, labels: { type: "lobby", zone: "a" } });
    const long = await provider.allocate({
      image,
      name: `${name}0`,
      labels: { type: "lobby", zone: "b" },
    });
    const stopped = await provider.allocate({ image, labels: { type: "game" } });
    await provider.sendCommand(stopped.id, "stop");
    await waitForState(provider, stopped.id, "stopped");
    const ids = async (filter: Parameters<typeof provider.list>[0]) =>
      (await provider.list(filter)).map(({ id }) => id);
    assert.deepEqual(await ids({ name }), [short.id]);
    assert.deepEqual(await ids({ labels: { type: "lobby" } }), [short.id, long.id]);
    assert.deepEqual(await ids({ labels: { type: "lobby", zone: "b" } }), [long.id]);
    assert.deepEqual(await ids({ labels: { type: "lob" } }), []);
    assert.deepEqual(await ids({ state: "stopped" }), [stopped.id]);
    assert.deepEqual(await ids({ state: ["stopped", "running"] }), [short.id, long.id, stopped.id]);
    assert.deepEqual(await ids({ state: "running", name: ".*" }), []);
  });

  check("get() finds a server by its id and by its exact name", async (provider) => {
    const name = uniqueName("exact");
    const server = await provider.allocate({ image, name });
    assert.equal((await provider.get(server.id))?.name, name);
    assert.equal((await provider.get(name))?.id, server.id);
    assert.equal(await provider.get(name.slice(0, -1)), undefined);
    assert.equal(await provider.get("no-such-server"), undefined);
  });

  check("a stopped server says with which code it ended", async (provider) => {
    const { id } = await provider.allocate({ image });
    await provider.sendCommand(id, "crash 42");
    await waitForState(provider, id, "stopped");
    const status = (await provider.get(id))?.status;
    assert.ok(status?.state === "stopped");
    assert.equal(status.exitCode, 42);
    assert.equal(status.outOfMemory ?? false, false);
  });
}
