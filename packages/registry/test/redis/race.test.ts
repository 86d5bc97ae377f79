import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { canStartRedis, type OwnRedis, privateRedis } from "@potassium/tooling/engines";
import { describe, expect, test } from "vitest";
import { keysOf } from "../../src/redis/script/keys.js";
import type { ClaimedLease } from "./claim-worker.js";
import { rawRedis } from "./raw-redis.js";
import { gameServer } from "./sample.js";
import { scratchRegistry, uniqueNamespace } from "./scratch-registry.js";
import { until } from "./until.js";

const workers = 8;
const needs = [100, 100, 100, 100, 100];

interface Report {
  readonly claims: number;
  readonly leases: readonly ClaimedLease[];
}

async function runWorker(url: string, namespace: string, name: string): Promise<Report> {
  const program = fileURLToPath(new URL("claim-worker.ts", import.meta.url));
  const child = fork(program, [url, namespace, name], {
    execArgv: ["--import", "tsx"],
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
  });
  let report: Report | undefined;
  child.on("message", (message) => {
    report = message as Report;
  });
  const [code] = await once(child, "close");
  if (report === undefined) throw new Error(`worker ${name} ended with ${code} and no report`);
  return report;
}

/** Every seat is claimed, by eight processes at once; what they got is held against what Redis has. */
async function race(
  redis: OwnRedis,
  servers: number,
  disturb: (namespace: string) => Promise<void> = async () => {},
) {
  const namespace = uniqueNamespace();
  const seatsInAll = servers * needs.length * 100;
  await using registry = scratchRegistry(redis.url, { namespace, commandTimeoutMs: 30_000 });
  for (let index = 0; index < servers; index += 1) {
    await registry.register({ ...gameServer(`s${index}`, needs), mode: "race" });
  }
  const running = Array.from({ length: workers }, (_, index) =>
    runWorker(redis.url, namespace, `w${index}`),
  );
  const reports = Promise.all(running);
  await disturb(namespace);
  const all = await reports;
  const leases = all.flatMap((report) => report.leases);
  expect(new Set(leases.map(({ id }) => id)).size).toBe(leases.length);
  expect(new Set(leases.map(({ fencingToken }) => fencingToken)).size).toBe(leases.length);

  // What Redis says, match by match: none has more than it needed, and no seat is left.
  let confirmed = 0;
  const stored = new Map<string, string>();
  for (const { id: serverId, matches } of await registry.list()) {
    const held = await registry.listLeases(serverId);
    for (const lease of held) stored.set(lease.id, `${serverId}/${lease.matchId}`);
    for (const [matchId, match] of Object.entries(matches)) {
      const seats = held
        .filter((lease) => lease.matchId === matchId)
        .reduce((sum, lease) => sum + lease.seats, 0);
      confirmed += match.players.length;
      expect(new Set(match.players).size).toBe(match.players.length);
      expect({ need: match.need, seats }).toEqual({ need: seats, seats });
      expect(match.players.length + seats).toBe(100);
    }
  }
  // And the processes say the same.
  for (const { id, place, fate } of leases) {
    if (fate === "held") expect(stored.get(id)).toBe(place);
    if (fate === "released" || fate === "confirmed") expect(stored.has(id)).toBe(false);
  }
  const sure = leases.filter(({ fate }) => fate === "confirmed" || fate === "held");
  const claimed = sure.reduce((sum, { seats }) => sum + seats, 0);
  const unsure = leases.filter(({ fate }) => fate === "unknown").length;
  expect(claimed).toBeLessThanOrEqual(seatsInAll);
  expect(claimed).toBeGreaterThanOrEqual(seatsInAll - 3 * unsure);
  expect(confirmed).toBeGreaterThan(0);
  return { claims: all.reduce((sum, report) => sum + report.claims, 0), unsure };
}

describe.skipIf(!canStartRedis())("eight processes that claim at once", () => {
  test("never book a seat twice", async () => {
    await using redis = await privateRedis();
    const { claims, unsure } = await race(redis, 20);
    expect(claims).toBeGreaterThan(10_000);
    expect(unsure).toBe(0);
  }, 120_000);

  test("never book a seat twice though Redis is killed and comes back in the middle", async () => {
    await using redis = await privateRedis(["--appendonly", "yes"]);
    const { claims } = await race(redis, 10, async (namespace) => {
      const leases = keysOf(namespace).find((key) => key.endsWith(":leases")) ?? "";
      for (const count of [1000, 2500]) {
        await using raw = await rawRedis(redis.url);
        await until(async () => (await raw.client.hLen(leases)) > count, 60_000);
        await redis.kill();
        await redis.start();
      }
    });
    expect(claims).toBeGreaterThan(5_000);
  }, 120_000);
});
