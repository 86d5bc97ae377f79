import assert from "node:assert/strict";
import type { BenchRow } from "@potassium/tooling/bench";
import type { BenchEngine } from "./bench-engine.js";
import { takeTurns } from "./turns.js";

const listed = 100;
const measured = 50;

/** What is asked about many servers at once: a list of all, and what each running one uses. */
export async function fleetRows(engine: BenchEngine): Promise<BenchRow[]> {
  await allocateMany(engine, listed);
  const list = await listRows(engine);
  await deallocateSome(engine, listed - measured);
  return [...list, await statsRow(engine)];
}

async function allocateMany({ provider, image }: BenchEngine, count: number): Promise<void> {
  let left = count;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      await provider.allocate({ image, ports: [{ container: 5520, protocol: "udp" }] });
    }
  };
  await Promise.all(Array.from({ length: 16 }, worker));
}

async function deallocateSome({ provider }: BenchEngine, count: number): Promise<void> {
  const servers = await provider.list();
  await Promise.all(servers.slice(0, count).map(({ id }) => provider.deallocate(id)));
}

async function listRows(engine: BenchEngine): Promise<BenchRow[]> {
  const { provider } = engine;
  const ids = (await provider.list()).map(({ id }) => id);
  assert.equal(ids.length, listed);
  assert.deepEqual((await listByPeer(engine)).map(({ Id }) => Id).sort(), ids.toSorted());
  const bare = await takeTurns(
    15,
    () => provider.list(),
    () => listByPeer(engine),
  );
  const inspected = await takeTurns(
    7,
    () => provider.list(),
    () => inspectAllByPeer(engine),
  );
  const row = { case: `list of ${listed}`, metric: "time", unit: "ms" };
  return [
    { ...row, peer: "dockerode listContainers", value: bare.ours, peerValue: bare.peer },
    {
      ...row,
      peer: "dockerode listContainers + inspect of each",
      value: inspected.ours,
      peerValue: inspected.peer,
    },
  ];
}

function listByPeer({ docker, namespace }: BenchEngine) {
  const filters = JSON.stringify({ label: [`potassium.namespace=${namespace}`] });
  return docker.listContainers({ all: true, filters });
}

async function inspectAllByPeer(engine: BenchEngine) {
  const containers = await listByPeer(engine);
  return Promise.all(containers.map(({ Id }) => engine.docker.getContainer(Id).inspect()));
}

async function statsRow(engine: BenchEngine): Promise<BenchRow> {
  const { provider } = engine;
  const mine = await provider.statsAll();
  assert.equal(mine.length, measured);
  for (const { memoryBytes, pids = 0 } of mine) assert.ok(memoryBytes > 1e6 && pids > 0);
  const theirs = await statsByPeer(engine);
  assert.equal(theirs.length, measured);
  const { ours, peer } = await takeTurns(
    3,
    () => provider.statsAll(),
    () => statsByPeer(engine),
  );
  return {
    case: `statsAll of ${measured}`,
    metric: "time",
    unit: "ms",
    value: ours,
    peer: `dockerode ${measured} × stats`,
    peerValue: peer,
  };
}

async function statsByPeer(engine: BenchEngine) {
  const containers = await listByPeer(engine);
  const running = containers.map(({ Id }) =>
    engine.docker.getContainer(Id).stats({ stream: false }),
  );
  return Promise.all(running);
}
