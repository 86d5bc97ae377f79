import assert from "node:assert/strict";
import type { BenchRow } from "@potassium/tooling/bench";
import { Pool } from "undici";
import { RelayClient } from "../src/index.js";
import { startChild } from "./child.js";
import type { RelayReady } from "./relay-process.js";
import { byPool } from "./route-rows.js";
import { takeTurns } from "./turns.js";

const rounds = 3;
const count = 10_000;

/** 10,000 routes brought to a relay that has none, and to one that has all but a hundred. */
export async function syncRows(): Promise<BenchRow[]> {
  await using relay = await startChild<RelayReady>("./relay-process.ts");
  const { url } = relay.ready;
  await using client = new RelayClient(url);
  const pool = new Pool(url, { connections: 8 });
  const desired = table(count);
  const entries = Object.entries(desired);
  const sync = async () => {
    await client.sync(desired);
  };
  const postAll = async () => {
    await Promise.all(entries.map(([playerIp, backend]) => byPool(pool, playerIp, backend)));
  };
  for (const way of [sync, postAll]) {
    await client.sync({});
    await way();
    assert.deepEqual(await client.listRoutes(), desired);
  }
  const before = [
    { name: "an empty relay", routes: {} },
    { name: "one that has all but 100", routes: table(count - 100) },
  ];
  const rows: BenchRow[] = [];
  for (const { name, routes } of before) {
    const prepare = async () => {
      await client.sync(routes);
      assert.equal(Object.keys(await client.listRoutes()).length, Object.keys(routes).length);
    };
    const { ours, peer } = await takeTurns(rounds, { ours: sync, peer: postAll }, prepare);
    rows.push({
      case: `sync of ${count.toLocaleString("en")} routes to ${name}`,
      metric: "time",
      unit: "ms",
      value: ours,
      peer: "undici Pool, all set",
      peerValue: peer,
    });
  }
  await pool.close();
  return rows;
}

function table(size: number): Record<string, string> {
  const entries = Array.from({ length: size }, (_, index) => [
    `10.1.${index >> 8}.${index & 255}`,
    `10.99.0.${index % 250}:5520`,
  ]);
  return Object.fromEntries(entries);
}
