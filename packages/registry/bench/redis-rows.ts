import assert from "node:assert/strict";
import { type BenchRow, median } from "@potassium/tooling/bench";
import { canStartRedis, privateRedis } from "@potassium/tooling/engines";
import { createClient } from "@redis/client";
import { RedisRegistry } from "../src/redis/index.js";

const samples = 5;
const servers = 100;
const need = 100_000;

/** Claims per second on a Redis of the run's own, beside pairs of a bare GET and SET there by the same client library. */
export async function redisRows(): Promise<BenchRow[]> {
  if (!canStartRedis()) return [];
  const redis = await privateRedis();
  try {
    const rows: BenchRow[] = [];
    for (const clients of [1, 32]) rows.push(await claimRow(redis.url, clients));
    return rows;
  } finally {
    await redis.stop();
  }
}

async function claimRow(url: string, clients: number): Promise<BenchRow> {
  await using registry = new RedisRegistry({ url, namespace: `bench-${clients}` });
  const bare = createClient({ url, RESP: 2 });
  await bare.connect();
  await fill(registry);
  const count = clients === 1 ? 1_000 : 8_000;
  const seen = new Set<number>();
  const claim = async () => {
    const claimed = await registry.claimSeats({ mode: "skywars", party: ["ann"] });
    assert.equal(claimed.state, "claimed");
    if (claimed.state === "claimed") seen.add(claimed.lease.fencingToken);
  };
  const pair = async (turn: number) => {
    await bare.set(`bench:${turn % servers}`, String(turn));
    assert.notEqual(await bare.get(`bench:${turn % servers}`), null);
  };
  await perSecond(clients, count, claim);
  await perSecond(clients, count, pair);
  const ours: number[] = [];
  const peers: number[] = [];
  for (let sample = 0; sample < samples; sample += 1) {
    ours.push(await perSecond(clients, count, claim));
    peers.push(await perSecond(clients, count, pair));
  }
  assert.equal(seen.size, count * (samples + 1));
  assert.equal(await heldSeats(registry), seen.size);
  bare.destroy();
  return {
    case: `Redis, ${clients === 1 ? "one claim at a time" : `${clients} claims at once`}`,
    metric: "claimSeats",
    unit: "/s",
    value: median(ours),
    peer: "bare SET and GET",
    peerValue: median(peers),
  };
}

async function fill(registry: RedisRegistry): Promise<void> {
  const match = { status: "ready", need } as const;
  for (let index = 0; index < servers; index += 1) {
    await registry.register({
      ...({
        id: `s${index}`,
        type: "game",
        mode: "skywars",
        host: "10.99.0.10",
        port: 5520,
      } as const),
      matches: { m1: match, m2: match, m3: match, m4: match },
    });
  }
}

/** So many calls by so many clients, each of which waits for its answer before the next. */
async function perSecond(
  clients: number,
  count: number,
  call: (turn: number) => Promise<void>,
): Promise<number> {
  let turn = 0;
  const begin = performance.now();
  const client = async () => {
    while (turn < count) {
      turn += 1;
      await call(turn);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return (count / (performance.now() - begin)) * 1000;
}

/** Seats that the registry itself says are held: the first match takes them all. */
async function heldSeats(registry: RedisRegistry): Promise<number> {
  const leases = await registry.listLeases("s0");
  return leases.reduce((sum, { seats }) => sum + seats, 0);
}
