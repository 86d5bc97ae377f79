import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import type { Server } from "@potassium/core-types";
import { type BenchRow, median } from "@potassium/tooling/bench";
import type { Container, ContainerInspectInfo } from "dockerode";
import { type BenchEngine, peerLabel } from "./bench-engine.js";
import { timeOf } from "./turns.js";

const rounds = 16;
const batch = 16;
const batches = 4;
const containerPort = 5520;

interface Both {
  readonly ours: number[];
  readonly peer: number[];
}
const noTimes = (): Both => ({ ours: [], peer: [] });

/** Start and removal of servers with one published UDP port: one at a time, and many at once. */
export async function allocateRows(engine: BenchEngine): Promise<BenchRow[]> {
  await checkSame(engine);
  const [start, stop] = [noTimes(), noTimes()];
  for (let round = 0; round < rounds; round += 1)
    await oneEach(engine, 1, start, stop, round % 2 === 0);
  const [startMany, stopMany] = [noTimes(), noTimes()];
  for (let round = 0; round < batches; round += 1) {
    await oneEach(engine, batch, startMany, stopMany, round % 2 === 0);
  }
  const starting = "create + start + inspect";
  const stopping = "stop + remove";
  return [
    row("allocate, one at a time", `dockerode ${starting}`, start, 1),
    row("deallocate, one at a time", `dockerode ${stopping}`, stop, 1),
    row(`allocate, ${batch} at once`, `dockerode ${starting}`, startMany, batch),
    row(`deallocate, ${batch} at once`, `dockerode ${stopping}`, stopMany, batch),
  ];
}

function row(name: string, peer: string, { ours, peer: theirs }: Both, each: number): BenchRow {
  const metric = each === 1 ? "time" : "time for each";
  const [value, peerValue] = [median(ours) / each, median(theirs) / each];
  return { case: name, metric, unit: "ms", value, peer, peerValue };
}

async function oneEach(
  engine: BenchEngine,
  count: number,
  start: Both,
  stop: Both,
  oursFirst: boolean,
) {
  const turns = [
    async () => {
      let servers: Server[] = [];
      start.ours.push(
        await timeOf(async () => (servers = await times(count, () => allocate(engine)))),
      );
      stop.ours.push(
        await timeOf(() => Promise.all(servers.map(({ id }) => engine.provider.deallocate(id)))),
      );
    },
    async () => {
      let containers: Container[] = [];
      const ports = Array.from({ length: count }, (_, index) => 23_000 + index);
      start.peer.push(
        await timeOf(async () => {
          const made = ports.map(async (port) => (await allocateByPeer(engine, port)).container);
          containers = await Promise.all(made);
        }),
      );
      stop.peer.push(await timeOf(() => Promise.all(containers.map(removeByPeer))));
    },
  ];
  for (const turn of oursFirst ? turns : turns.reverse()) await turn();
}

function times<T>(count: number, work: () => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: count }, work));
}

function allocate({ provider, image }: BenchEngine): Promise<Server> {
  return provider.allocate({ image, ports: [{ container: containerPort, protocol: "udp" }] });
}

/** The same container: what ours adds, labels, safeguards and bounds of the log, is there too. */
async function allocateByPeer({ docker, namespace, image }: BenchEngine, hostPort: number) {
  const key = `${containerPort}/udp`;
  const container = await docker.createContainer({
    name: `bench-${randomBytes(6).toString("hex")}`,
    Image: image,
    Env: [`SERVER_PORT=${containerPort}`, "SERVER_HOST=0.0.0.0"],
    Labels: { [peerLabel]: namespace },
    ExposedPorts: { [key]: {} },
    OpenStdin: true,
    StopSignal: "SIGTERM",
    HostConfig: {
      PortBindings: { [key]: [{ HostIp: "", HostPort: String(hostPort) }] },
      Init: true,
      CapDrop: ["NET_RAW", "MKNOD", "AUDIT_WRITE", "SETFCAP", "SYS_CHROOT"],
      SecurityOpt: ["no-new-privileges"],
      LogConfig: { Type: "json-file", Config: { "max-size": "10485760", "max-file": "3" } },
    },
  });
  await container.start();
  return { container, info: await container.inspect() };
}

async function removeByPeer(container: Container): Promise<void> {
  await container.stop({ t: 10 });
  await container.remove({ v: true });
}

/** That both make the same, before either is timed. */
async function checkSame(engine: BenchEngine): Promise<void> {
  const server = await allocate(engine);
  const mine = await engine.docker.getContainer(server.id).inspect();
  const { container, info } = await allocateByPeer(engine, 23_000);
  assert.equal(server.status.state, "running");
  assert.ok(info.State.Running && mine.State.Running);
  assert.equal(
    String(server.ports[0]?.host),
    mine.HostConfig.PortBindings[`${containerPort}/udp`][0].HostPort,
  );
  assert.deepEqual(whatMatters(mine), whatMatters(info));
  await engine.provider.deallocate(server.id);
  await removeByPeer(container);
  assert.equal(await engine.provider.get(server.id), undefined);
}

function whatMatters({ HostConfig, Config }: ContainerInspectInfo) {
  const { Init, CapDrop, SecurityOpt, NetworkMode } = HostConfig;
  return {
    Init,
    CapDrop,
    SecurityOpt,
    NetworkMode,
    image: Config.Image,
    ports: Config.ExposedPorts,
  };
}
