import assert from "node:assert/strict";
import { type BenchRow, median } from "@potassium/tooling/bench";
import { busyMode, type Fleet, fleetOf, soughtMode } from "./sample-fleet.js";

const sizes = [1_000, 10_000, 100_000];
const samples = 9;

/** What one call costs in registries of several sizes. */
export async function fleetRows(): Promise<BenchRow[]> {
  return sizes.flatMap((size) => {
    const fleet = fleetOf(size);
    expectSameAnswers(fleet);
    return [...timedRows(fleet, size), memoryRow(fleet, size)];
  });
}

interface Case {
  readonly name: string;
  readonly ours: (turn: number) => unknown;
  readonly peer: (turn: number) => unknown;
}

function casesOf({ ours, peer, ids }: Fleet): Case[] {
  const id = (turn: number) => ids[(turn * 7919) % ids.length] ?? "";
  const ready = { type: "game", mode: soughtMode, hasReadyMatch: true } as const;
  const claimAndRelease = (seats: number, order: "oldest" | "fullest") => {
    const claim = ours.claimSeats({ mode: soughtMode, seats, order });
    return claim.state === "claimed" && ours.release(claim.lease.id);
  };
  const match = (turn: number) => ({ status: "busy", need: turn % 3, players: [] }) as const;
  return [
    { name: "get", ours: (turn) => ours.get(id(turn)), peer: (turn) => peer.get(id(turn)) },
    {
      name: "findReadyMatch, found",
      ours: () => ours.findReadyMatch(soughtMode),
      peer: () => peer.findReadyMatch(soughtMode, 1),
    },
    {
      name: "findReadyMatch of 4 seats, found",
      ours: () => ours.findReadyMatch(soughtMode, { seats: 4, order: "fullest" }),
      peer: () => peer.findReadyMatch(soughtMode, 4),
    },
    {
      name: "findReadyMatch, not found",
      ours: () => ours.findReadyMatch(busyMode),
      peer: () => peer.findReadyMatch(busyMode, 1),
    },
    {
      name: "claimSeats and release",
      ours: () => claimAndRelease(2, "oldest"),
      peer: () => peer.claimAndRelease(soughtMode, 2),
    },
    {
      name: "claimSeats and release, fullest first",
      ours: () => claimAndRelease(1, "fullest"),
      peer: () => peer.claimAndRelease(soughtMode, 1),
    },
    {
      name: "claimSeats, none free",
      ours: () => ours.claimSeats({ mode: busyMode }),
      peer: () => peer.claimAndRelease(busyMode, 1),
    },
    { name: "findLobby", ours: () => ours.findLobby(), peer: () => peer.findLobby(1) },
    {
      name: "list by type, mode and ready match",
      ours: () => ours.list(ready),
      peer: () => peer.list(ready),
    },
    {
      name: "update",
      ours: (turn) => ours.update(id(turn), { players: turn % 50 }),
      peer: (turn) => peer.update(id(turn), { players: turn % 50 }),
    },
    {
      name: "updateMatch",
      ours: (turn) => ours.updateMatch(id(turn), "m1", match(turn)),
      peer: (turn) => peer.updateMatch(id(turn), "m1", match(turn)),
    },
  ];
}

function timedRows(fleet: Fleet, size: number): BenchRow[] {
  return casesOf(fleet).map(({ name, ours, peer }) => {
    const times = { ours: [] as number[], peer: [] as number[] };
    for (let sample = 0; sample <= samples; sample += 1) {
      const [value, peerValue] = [nanosecondsOf(ours), nanosecondsOf(peer)];
      // The first is to warm up.
      if (sample > 0) times.ours.push(value);
      if (sample > 0) times.peer.push(peerValue);
    }
    return {
      case: `${name}, ${size} servers`,
      metric: "time of a call",
      unit: "ns",
      value: median(times.ours),
      peer: "scan of a Map",
      peerValue: median(times.peer),
    };
  });
}

/** Of one call, from as many as take some 30 milliseconds. */
function nanosecondsOf(call: (turn: number) => unknown): number {
  let calls = 0;
  const start = performance.now();
  let elapsedMs = 0;
  for (let batch = 1; elapsedMs < 30; batch = Math.min(1_000, batch * 2)) {
    for (let turn = 0; turn < batch; turn += 1) kept = call(calls + turn);
    calls += batch;
    elapsedMs = performance.now() - start;
  }
  return (elapsedMs * 1e6) / calls;
}

/** Where answers go, so that no call is left out as useless. */
export let kept: unknown;

function memoryRow({ bytesPerServer, peerBytesPerServer }: Fleet, size: number): BenchRow {
  return {
    case: `memory, ${size} servers`,
    metric: "heap for each server",
    unit: "B",
    value: bytesPerServer,
    peer: "scan of a Map",
    peerValue: peerBytesPerServer,
  };
}

function expectSameAnswers({ ours, peer, ids }: Fleet): void {
  const ready = { type: "game", mode: soughtMode, hasReadyMatch: true } as const;
  assert.deepEqual(
    ours.list(ready).map(({ id }) => id),
    peer.list(ready).map(({ id }) => id),
  );
  for (const mode of [soughtMode, busyMode]) {
    for (const seats of [1, 4, 9]) {
      const [found, expected] = [
        ours.findReadyMatch(mode, { seats }),
        peer.findReadyMatch(mode, seats),
      ];
      assert.equal(found?.server.id, expected?.server.id);
      assert.equal(found?.matchId, expected?.matchId);
    }
  }
  assert.equal(ours.findLobby()?.id, peer.findLobby(1)?.id);
  for (const id of ids.slice(0, 100)) assert.equal(ours.get(id)?.host, peer.get(id)?.host);
}
