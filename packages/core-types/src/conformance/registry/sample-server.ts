import type { MatchInput } from "../../registry/match-info.js";
import type { ServerInput } from "../../registry/server-info.js";
import type { ServerRecord } from "../../registry/server-record.js";

/** A game server without matches. */
export function gameServer(id: string, more: Partial<ServerInput> = {}): ServerInput {
  return {
    id,
    type: "game",
    mode: "skywars",
    host: "10.99.0.10",
    port: 5520,
    maxPlayers: 8,
    ...more,
  };
}

/** A lobby with room. */
export function lobbyServer(id: string, more: Partial<ServerInput> = {}): ServerInput {
  return { id, type: "lobby", host: "10.99.0.2", port: 5521, maxPlayers: 100, ...more };
}

export const readyMatch: MatchInput = { status: "ready", need: 4, players: ["ann", "bob"] };
/** A ready match that takes so many players. */
export function openMatch(need: number, players: readonly string[] = []): MatchInput {
  return { status: "ready", need, players };
}

export const busyMatch: MatchInput = { status: "busy", need: 0, players: ["cleo"] };

/** Every field given, so that none is left to a default. */
export const fullServer: Required<ServerInput> = {
  id: "skywars-1",
  type: "game",
  mode: "skywars",
  host: "10.99.0.10",
  port: 5520,
  webhookPort: 8090,
  players: 3,
  maxPlayers: 8,
  matches: { m1: readyMatch, m2: busyMatch },
  metadata: { region: "eu", map: "islands" },
  labels: { region: "eu", tier: "gold" },
  health: "healthy",
};

export function idsOf(servers: readonly ServerRecord[]): string[] {
  return servers.map((server) => server.id);
}
