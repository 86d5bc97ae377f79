import { readFileSync, writeFileSync } from "node:fs";
import { ProcessProvider } from "@potassium/process";
import { expect, test } from "vitest";
import { game, ready, writtenPid } from "./game.js";
import { serverTraces } from "./server-traces.js";
import { temporaryFolder } from "./temporary-folder.js";
import { waitUntil, waitUntilGone } from "./wait-until.js";

const images = { game };
const request = {
  image: "game",
  readiness: ready,
  ports: [{ container: 1, protocol: "udp" as const }],
};

test("a supervisor that is killed is noticed: its tree is killed, told and shown, and can be restarted", async () => {
  await using state = await temporaryFolder();
  await using provider = new ProcessProvider({ images, stateFolder: state.path });
  const events = provider.events()[Symbol.asyncIterator]();
  const before = await provider.allocate({ ...request, command: ["tree", "say ready", "wait"] });
  const { id } = before;
  const pids = [
    await writtenPid(provider, id, "child"),
    await writtenPid(provider, id, "grandchild"),
  ];
  const { supervisor, server } = await serverTraces(state.path, id).processes();

  process.kill(supervisor, "SIGKILL");

  for (const pid of [server, ...pids]) await waitUntilGone(pid);
  await waitUntil(
    "the state error",
    async () => (await provider.get(id))?.status.state === "error",
  );
  expect((await provider.get(id))?.status).toMatchObject({
    message: expect.stringMatching(/supervisor is gone.*restart\(\)/),
  });
  const types: string[] = [];
  while (types.at(-1) !== "stopped") types.push((await events.next()).value.type);
  expect(types).toEqual(["created", "starting", "running", "ready", "stopped"]);
  await expect(provider.sendCommand(id, "say x")).rejects.toMatchObject({ code: "NOT_RUNNING" });
  await expect(provider.exec(id, ["true"])).rejects.toMatchObject({ code: "NOT_RUNNING" });

  const after = await provider.restart(id);
  expect([after.status.state, after.ports]).toEqual(["running", before.ports]);
  expect((await provider.logs(id)).filter(({ text }) => text === "ready").length).toBe(2);
  await provider.deallocate(id);
  expect(await provider.list()).toEqual([]);
});

test("a server whose supervisor is lost can be deallocated, and gives its port back", async () => {
  await using state = await temporaryFolder();
  await using provider = new ProcessProvider({ images, stateFolder: state.path });
  const { id, ports } = await provider.allocate(request);
  process.kill((await serverTraces(state.path, id).processes()).supervisor, "SIGKILL");
  await provider.deallocate(id);
  const host = ports[0]?.host ?? 0;
  await provider.allocate({ ...request, ports: [{ container: 1, protocol: "udp", host }] });
});

/** A detached server whose provider and supervisor are gone, and what it left. */
async function abandoned(stateFolder: string) {
  const options = { images, lifetime: "detached", stateFolder } as const;
  const provider = new ProcessProvider(options);
  const server = await provider.allocate({ ...request, name: "abandoned" });
  await provider.copyTo(server.id, "/world.dat", "precious");
  const traces = serverTraces(stateFolder, server.id);
  const processes = await traces.processes();
  await provider[Symbol.asyncDispose]();
  process.kill(processes.supervisor, "SIGKILL");
  return { options, server, traces, pid: processes.server };
}

test("a new provider kills what a lost supervisor has left, and shows the server", async () => {
  await using state = await temporaryFolder();
  const { options, server, pid } = await abandoned(state.path);
  await using provider = new ProcessProvider(options);
  expect((await provider.get("abandoned"))?.status.state).toBe("error");
  await waitUntilGone(pid);
  expect((await provider.restart(server.id)).ports).toEqual(server.ports);
  await provider.deallocate(server.id);
});

test("a half-written state file is no obstacle: the server is shown as error, and its files are kept", async () => {
  await using state = await temporaryFolder();
  const { options, server, traces } = await abandoned(state.path);
  const text = readFileSync(traces.state, "utf8");
  writeFileSync(traces.state, text.slice(0, text.length / 2));
  await using provider = new ProcessProvider(options);
  expect((await provider.get(server.id))?.status).toMatchObject({
    state: "error",
    message: expect.stringContaining("no readable state"),
  });
  expect((await provider.restart(server.id)).status.state).toBe("running");
  let content = "";
  for await (const piece of provider.copyFrom(server.id, "/world.dat"))
    content += Buffer.from(piece);
  expect(content).toBe("precious");
  await provider.deallocate(server.id);
});

test("a half-written record is no obstacle: the server is shown as error, and can be removed", async () => {
  await using state = await temporaryFolder();
  const { options, server, traces, pid } = await abandoned(state.path);
  const text = readFileSync(traces.record, "utf8");
  writeFileSync(traces.record, text.slice(0, text.length / 2));
  await using provider = new ProcessProvider(options);
  const [found] = await provider.list();
  await waitUntilGone(pid);
  expect([found?.id, found?.status.state]).toEqual([server.id, "error"]);
  await expect(provider.restart(server.id)).rejects.toMatchObject({
    code: "START_FAILED",
    message: expect.stringContaining("damaged"),
  });
  let content = "";
  for await (const piece of provider.copyFrom(server.id, "/world.dat"))
    content += Buffer.from(piece);
  expect(content).toBe("precious");
  await provider.deallocate(server.id);
  expect(await provider.list()).toEqual([]);
});
