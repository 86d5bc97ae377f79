import type { ServerInput } from "@potassium/core-types";
import { Registry } from "../src/index.js";
import { LinearScan } from "./linear-scan.js";

/** The mode that is asked for: one server in a hundred has a ready match in it, and none before the middle of the fleet. */
export const soughtMode = "skywars";
/** A mode with servers none of whose matches is ready. */
export const busyMode = "survival";

export interface Fleet {
  readonly ours: Registry;
  readonly peer: LinearScan;
  readonly ids: readonly string[];
  readonly bytesPerServer: number;
  readonly peerBytesPerServer: number;
}

/** Servers with four matches each, the same in both. */
export function fleetOf(count: number): Fleet {
  const inputs = Array.from({ length: count }, (_, index) => sampleServer(index, count));
  const before = heapBytes();
  const ours = new Registry();
  for (const input of inputs) ours.register(input);
  const between = heapBytes();
  const peer = new LinearScan();
  for (const input of inputs) peer.servers.set(input.id, structuredClone(input) as never);
  const after = heapBytes();
  return {
    ours,
    peer,
    ids: inputs.map(({ id }) => id),
    bytesPerServer: (between - before) / count,
    peerBytesPerServer: (after - between) / count,
  };
}

function sampleServer(index: number, count: number): ServerInput {
  const isSought = index % 100 === 99 && index >= count / 2;
  const isLobby = index % 10 === 5;
  return {
    id: `server-${index}`,
    type: isLobby ? "lobby" : "game",
    mode: isSought ? soughtMode : busyMode,
    host: `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`,
    port: 5520,
    // Lobbies of the older half are full.
    players: isLobby && index < count / 2 ? 100 : index % 50,
    maxPlayers: 100,
    matches: Object.fromEntries(
      ["m1", "m2", "m3", "m4"].map((id, place) => [
        id,
        isSought && place > 0
          ? { status: "ready", need: 1 + ((index + place) % 8), players: [] }
          : { status: "busy", need: 0, players: [] },
      ]),
    ),
    metadata: { region: index % 2 === 0 ? "eu" : "us" },
    labels: {},
    health: "healthy",
  };
}

function heapBytes(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}
