import assert from "node:assert/strict";
import type { BenchRow } from "@potassium/tooling/bench";
import { Pool } from "undici";
import { RelayClient } from "../src/index.js";
import { startChild } from "./child.js";
import type { RelayReady } from "./relay-process.js";
import { takeTurns } from "./turns.js";

const rounds = 5;
/** As the client has by default. */
const connections = 8;

type SetRoute = (playerIp: string, backend: string) => Promise<void>;

/** Routes set one at a time and 32 at once: by the client, by fetch, and by undici alone. */
export async function routeRows(): Promise<BenchRow[]> {
  await using relay = await startChild<RelayReady>("./relay-process.ts");
  const { url } = relay.ready;
  await using client = new RelayClient(url);
  const pool = new Pool(url, { connections });
  const ways: Readonly<Record<"ours" | "fetch" | "undici", SetRoute>> = {
    ours: (playerIp, backend) => client.setRoute(playerIp, backend),
    fetch: (playerIp, backend) => byFetch(url, playerIp, backend),
    undici: (playerIp, backend) => byPool(pool, playerIp, backend),
  };
  for (const [index, way] of Object.values(ways).entries()) {
    await way("10.0.0.1", `10.99.0.1:${index + 1}`);
    assert.deepEqual(await client.listRoutes(), { "10.0.0.1": `10.99.0.1:${index + 1}` });
  }
  const rows: BenchRow[] = [];
  for (const { name, atOnce, count } of [
    { name: "setRoute, one at a time", atOnce: 1, count: 1_000 },
    { name: "setRoute, 32 at once", atOnce: 32, count: 4_000 },
  ]) {
    const run = (way: SetRoute) => () => setMany(way, count, atOnce);
    const works = { ours: run(ways.ours), fetch: run(ways.fetch), undici: run(ways.undici) };
    const { ours, fetch, undici } = await takeTurns(rounds, works);
    const row = { case: name, metric: "calls", unit: "/s", value: (count / ours) * 1_000 };
    rows.push(
      { ...row, peer: "fetch", peerValue: (count / fetch) * 1_000 },
      { ...row, peer: "undici Pool", peerValue: (count / undici) * 1_000 },
    );
  }
  await pool.close();
  return rows;
}

async function setMany(setRoute: SetRoute, count: number, atOnce: number): Promise<void> {
  let next = 0;
  const work = async () => {
    while (next < count) {
      const index = next;
      next += 1;
      await setRoute(`10.0.${(index >> 8) & 255}.${index & 255}`, "10.99.0.10:5520");
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}

async function byFetch(url: string, playerIp: string, backend: string): Promise<void> {
  const response = await fetch(`${url}/routes`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ player_ip: playerIp, backend }),
  });
  expectOk(response.status, await response.json());
}

/** With the least that checks the answer. */
export async function byPool(pool: Pool, playerIp: string, backend: string): Promise<void> {
  const { statusCode, body } = await pool.request({
    method: "POST",
    path: "/routes",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ player_ip: playerIp, backend }),
  });
  expectOk(statusCode, await body.json());
}

function expectOk(status: number, answer: unknown): void {
  assert.ok(status === 200 && (answer as { status?: unknown }).status === "ok");
}
