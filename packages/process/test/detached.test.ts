import type { Server } from "@potassium/core-types";
import { ProcessProvider } from "@potassium/process";
import { expect, test } from "vitest";
import { game, ready } from "./game.js";
import { ownerProcess } from "./owner-process.js";
import { serverTraces } from "./server-traces.js";
import { temporaryFolder } from "./temporary-folder.js";
import { waitUntil, waitUntilGone } from "./wait-until.js";

const request = {
  image: "game",
  command: ["say ready", "wait"],
  ports: [{ container: 5520, protocol: "udp" as const }],
  labels: { mode: "skywars" },
  readiness: ready,
};

/** A state folder, whose servers are removed at the end. */
async function detachedState() {
  const folder = await temporaryFolder();
  const options = { images: { game }, lifetime: "detached", stateFolder: folder.path } as const;
  return {
    options,
    path: folder.path,
    [Symbol.asyncDispose]: async () => {
      const provider = new ProcessProvider(options);
      for (const { id } of await provider.list()) await provider.deallocate(id);
      await provider[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

test("detached servers outlive an owner that is killed, and a new provider finds them again", async () => {
  await using state = await detachedState();
  await using owner = ownerProcess(state.options, [
    { ...request, name: "runs" },
    { ...request, name: "stopped" },
  ]);
  const servers = await owner.servers();
  const { server: pid } = await serverTraces(state.path, servers[0]?.id ?? "").processes();
  await owner.kill();

  await using provider = new ProcessProvider(state.options);
  const events = provider.events()[Symbol.asyncIterator]();
  const byId = (a: Server, b: Server) => (a.id < b.id ? -1 : 1);
  expect([...(await provider.list())].sort(byId)).toEqual([...servers].sort(byId));
  expect((await serverTraces(state.path, servers[0]?.id ?? "").processes()).server).toBe(pid);

  await provider.sendCommand("runs", "say hello");
  await waitUntil("the answer", async () =>
    (await provider.logs("runs")).some(({ text }) => text === "said hello"),
  );
  expect((await provider.logs("runs"))[0]?.text).toBe("ready");
  await provider.sendCommand("stopped", "crash 4");
  expect((await events.next()).value).toMatchObject({
    type: "stopped",
    name: "stopped",
    exitCode: 4,
    labels: { mode: "skywars" },
  });
  expect((await provider.get("stopped"))?.status).toMatchObject({ state: "stopped", exitCode: 4 });
  const again = await provider.restart("stopped");
  expect(again.ports).toEqual(servers[1]?.ports);
  await provider.deallocate("runs");
  await waitUntilGone(pid);
});

test("disposing lets detached servers go on, also stopped ones keep their ports and keys", async () => {
  await using state = await detachedState();
  const first = new ProcessProvider(state.options);
  const keyed = { ...request, idempotencyKey: "match-1" };
  const server = await first.allocate(keyed);
  await first.sendCommand(server.id, "crash 1");
  await waitUntil("its end", async () => (await first.get(server.id))?.status.state === "stopped");
  await first[Symbol.asyncDispose]();

  await using second = new ProcessProvider(state.options);
  expect((await second.get(server.id))?.status).toMatchObject({ state: "stopped", exitCode: 1 });
  expect((await second.allocate(keyed)).id).toBe(server.id);
  await expect(second.allocate({ ...keyed, labels: {} })).rejects.toMatchObject({
    code: "CONFLICT",
  });
  await expect(second.allocate({ ...request, name: server.name })).rejects.toMatchObject({
    code: "ALREADY_EXISTS",
  });
  const host = server.ports[0]?.host ?? 0;
  const taken = { ...request, ports: [{ container: 1, protocol: "udp" as const, host }] };
  await expect(second.allocate(taken)).rejects.toMatchObject({ code: "PORT_IN_USE" });
  expect((await second.restart(server.id)).status.state).toBe("running");
});

test("a provider of the lifetime owner leaves the detached servers in its folder alone", async () => {
  await using state = await detachedState();
  const detached = new ProcessProvider(state.options);
  const { id } = await detached.allocate(request);
  await detached[Symbol.asyncDispose]();
  const owner = new ProcessProvider({ ...state.options, lifetime: "owner" });
  await owner.allocate(request);
  expect((await owner.list()).length).toBe(2);
  await owner[Symbol.asyncDispose]();
  await using next = new ProcessProvider(state.options);
  expect((await next.list()).map((server) => [server.id, server.status.state])).toEqual([
    [id, "running"],
  ]);
});

test("a state folder is open in one provider at a time, and free again after it", async () => {
  await using state = await detachedState();
  const one = new ProcessProvider(state.options);
  await one.list();
  await using two = new ProcessProvider(state.options);
  await expect(two.list()).rejects.toMatchObject({ code: "CONFLICT", field: "stateFolder" });
  await expect(two.events()[Symbol.asyncIterator]().next()).rejects.toMatchObject({
    code: "CONFLICT",
  });
  await one[Symbol.asyncDispose]();
  expect(await two.list()).toEqual([]);
});

test("a state folder with a path too long for a socket works", async () => {
  await using state = await detachedState();
  const options = {
    ...state.options,
    lifetime: "owner",
    stateFolder: `${state.path}/${"long/".repeat(30)}`,
  } as const;
  await using provider = new ProcessProvider(options);
  const { id } = await provider.allocate(request);
  await provider.sendCommand(id, "say hello");
});
