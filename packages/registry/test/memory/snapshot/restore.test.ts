import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SeatClaim } from "@potassium/core-types";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Registry } from "../../../src/index.js";
import { sampleRegistry } from "./sample-registry.js";

let folder = "";
const path = () => join(folder, "registry.snapshot");
let nowMs = 1_000_000;
const now = () => nowMs;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "potassium-snapshot-"));
  nowMs = 1_000_000;
});
afterEach(() => rm(folder, { recursive: true }));

test("a restored registry has the records, the order of servers and matches, and the drains", async () => {
  const registry = await sampleRegistry({ now });
  await registry.saveSnapshot(path());
  const restored = await Registry.restore(path(), { now });
  expect(restored.list()).toStrictEqual(registry.list());
  expect(restored.list().map(({ id }) => id)).toEqual(["z", "10", "a"]);
  expect(restored.get("10")?.availability).toBe("draining");
  expect(restored.findReadyMatch("skywars")?.matchId).toBe("m");
  restored.removeMatch("z", "m");
  expect(restored.findReadyMatch("skywars")?.matchId).toBe("10");
});

test("a restored registry goes on with held seats and idempotency keys", async () => {
  const registry = await sampleRegistry({ now });
  const request = { mode: "skywars", seats: 3, party: ["ann"], idempotencyKey: "k" } as const;
  const { lease } = claimed(registry.claimSeats(request));
  const lobby = registry.claimLobby({ seats: 9 });
  await registry.saveSnapshot(path());
  const restored = await Registry.restore(path(), { now });
  expect(claimed(restored.claimSeats(request)).lease).toStrictEqual(lease);
  expect(claimed(restored.claimSeats({ mode: "skywars", seats: 3 })).matchId).toBe("10");
  expect(lobby.state).toBe("claimed");
  expect(restored.findLobby()).toBe(undefined);
  expect(restored.confirm(lease.id).state).toBe("confirmed");
  expect(restored.get("z")?.matches["m"]).toEqual({ status: "ready", need: 1, players: ["ann"] });
});

test("versions and fencing tokens rise on, even where the clock was set back", async () => {
  const registry = await sampleRegistry({ now });
  const { lease } = claimed(registry.claimSeats({ mode: "skywars" }));
  await registry.saveSnapshot(path());
  nowMs = 5;
  const restored = await Registry.restore(path(), { now });
  const next = claimed(restored.claimSeats({ mode: "skywars" }));
  expect(next.lease.fencingToken).toBeGreaterThan(lease.fencingToken);
  expect(restored.update("z", { players: 1 }).version).toBeGreaterThan(next.lease.fencingToken);
});

test("servers get their whole TTL again, since they could send no heartbeats", async () => {
  const registry = await sampleRegistry({ now });
  nowMs += 1_500;
  expect(registry.get("10")?.availability).toBe("expired");
  await registry.saveSnapshot(path());
  nowMs += 3_600_000;
  const restored = await Registry.restore(path(), { now });
  expect(restored.get("10")?.availability).toBe("draining");
  nowMs += 999;
  expect(restored.get("10")?.availability).toBe("draining");
  nowMs += 1;
  expect(restored.get("10")?.availability).toBe("expired");
});

test("leases keep the time that they had: those that ran out meanwhile are gone", async () => {
  const registry = await sampleRegistry({ now });
  const short = claimed(registry.claimSeats({ mode: "skywars", seats: 4, ttlMs: 100 }));
  const long = claimed(registry.claimSeats({ mode: "skywars", seats: 4, ttlMs: 1_000 }));
  await registry.saveSnapshot(path());
  nowMs += 500;
  const restored = await Registry.restore(path(), { now });
  expect(restored.getLease(short.lease.id)).toBe(undefined);
  expect(restored.getLease(long.lease.id)).toStrictEqual(long.lease);
  expect(restored.findReadyMatch("skywars", { seats: 4 })?.matchId).toBe("m");
});

test("a watch that saw the registry before it was restored gets a resync", async () => {
  const registry = await sampleRegistry({ now });
  await registry.saveSnapshot(path());
  const { version } = registry.update("z", { players: 1 });
  nowMs += 1;
  const restored = await Registry.restore(path(), { now });
  for await (const change of restored.watch({ from: version })) {
    expect(change).toMatchObject({ kind: "resync", servers: restored.list() });
    break;
  }
});

test("a missing file is NOT_FOUND", async () => {
  await expect(Registry.restore(path())).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("a folder in the place of the file is IO_ERROR", async () => {
  await expect(Registry.restore(folder)).rejects.toMatchObject({ code: "IO_ERROR" });
});

test("a path that is none is INVALID_ARGUMENT", async () => {
  for (const bad of ["", "a\0b", 7 as never]) {
    const refusal = { code: "INVALID_ARGUMENT", field: "path" };
    await expect(Registry.restore(bad)).rejects.toMatchObject(refusal);
    await expect(new Registry().saveSnapshot(bad)).rejects.toMatchObject(refusal);
  }
});

test("a file that was cut at any byte, or has a changed one, is CORRUPT_SNAPSHOT", async () => {
  const registry = await sampleRegistry();
  registry.claimSeats({ mode: "skywars" });
  await registry.saveSnapshot(path());
  const whole = await readFile(path());
  const refusal = { code: "CORRUPT_SNAPSHOT", message: expect.stringContaining(path()) };
  for (let size = 0; size < whole.length - 1; size += 7) {
    await writeFile(path(), whole.subarray(0, size));
    await expect(Registry.restore(path())).rejects.toMatchObject(refusal);
  }
  for (let place = 0; place < whole.length - 1; place += 7) {
    const changed = Buffer.from(whole);
    changed[place] = (changed[place] ?? 0) ^ 1;
    await writeFile(path(), changed);
    await expect(Registry.restore(path())).rejects.toMatchObject(refusal);
  }
});

test("a foreign file and one of a newer format are told apart", async () => {
  for (const [text, problem] of [
    ['{"name":"something else"}\n', "is no snapshot of a registry"],
    ["not JSON", "is no snapshot of a registry"],
    ["", "is no snapshot of a registry"],
    ['{"format":"potassium-registry","formatVersion":2}\n', "has format 2"],
  ] as const) {
    await writeFile(path(), text);
    const message = expect.stringContaining(problem);
    await expect(Registry.restore(path())).rejects.toMatchObject({
      code: "CORRUPT_SNAPSHOT",
      message,
    });
  }
});

function claimed(claim: SeatClaim) {
  if (claim.state !== "claimed") throw new Error(`expected a claim, not ${claim.state}`);
  return claim;
}
