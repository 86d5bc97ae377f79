import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { game, ready } from "./game.js";
import { ownerProcess } from "./owner-process.js";
import { claimedPorts, serverTraces } from "./server-traces.js";
import { temporaryFolder } from "./temporary-folder.js";
import { waitUntil, waitUntilGone } from "./wait-until.js";

const images = { game };
const ports = [{ container: 5520, protocol: "udp" as const }];

test("an owner that is killed with SIGKILL leaves no orphan, no folder and no claim", async () => {
  await using state = await temporaryFolder();
  const request = {
    image: "game",
    command: ["tree", "say ready", "wait"],
    ports,
    readiness: ready,
  };
  await using owner = ownerProcess({ images, stateFolder: state.path }, [request, request]);
  const servers = await owner.servers();
  const traces = servers.map(({ id }) => serverTraces(state.path, id));
  const pids: number[] = [];
  for (const trace of traces) {
    const { supervisor, server } = await trace.processes();
    pids.push(supervisor, server, await trace.written("child"), await trace.written("grandchild"));
  }
  const claims = servers.map((server) => `udp-${server.ports[0]?.host}`);
  expect(await claimedPorts()).toEqual(expect.arrayContaining(claims));

  await owner.kill();

  for (const pid of pids) await waitUntilGone(pid);
  for (const { folder } of traces) expect(existsSync(folder)).toBe(false);
  for (const claim of claims) expect(await claimedPorts()).not.toContain(claim);
});

test("an owner that is killed while it allocates a detached server leaves nothing either", async () => {
  await using state = await temporaryFolder();
  const request = { image: "game", command: ["wait"], ports, readiness: ready };
  const options = { images, lifetime: "detached", stateFolder: state.path } as const;
  await using owner = ownerProcess(options, [request]);
  const folder = join(state.path, "servers");
  const [id = ""] = await waitUntil("the server's folder", () =>
    existsSync(folder) && readdirSync(folder).length > 0 ? readdirSync(folder) : undefined,
  );
  const trace = serverTraces(state.path, id);
  const { supervisor, server } = await trace.processes();

  await owner.kill();

  await waitUntilGone(server);
  await waitUntilGone(supervisor);
  expect(existsSync(trace.folder)).toBe(false);
});

test("the temporary folder of an owner that is killed goes with its last server", async () => {
  await using folder = await temporaryFolder();
  const requests = [{ image: "game" }, { image: "game" }, { image: "game" }];
  await using owner = ownerProcess({ images }, requests, { TMPDIR: folder.path });
  await owner.servers();
  const [user = ""] = readdirSync(folder.path);
  const states = () =>
    readdirSync(join(folder.path, user)).filter((name) => name.startsWith("state-"));
  expect(states().length).toBe(1);

  await owner.kill();

  await waitUntil("the temporary folder to go", () => states().length === 0);
});

test("an owner that ends without disposing of its provider leaves no orphan", async () => {
  await using state = await temporaryFolder();
  const request = { image: "game", readiness: ready, environment: { OWNER: "ends" } };
  await using owner = ownerProcess({ images, stateFolder: state.path }, [request]);
  const [server] = await owner.servers();
  const { server: pid } = await serverTraces(state.path, server?.id ?? "").processes();
  await owner.terminate();
  await waitUntilGone(pid);
});
