import { formatHostPort } from "@potassium/core-types";
import type { LogEntry } from "../activity-log.js";
import type { Orchestrator } from "../orchestrator.js";

/** What the page shows, as JSON. */
export interface FleetState {
  readonly provider: "docker" | "process";
  readonly servers: readonly ShownServer[];
  readonly routes: readonly ShownRoute[];
  readonly log: readonly LogEntry[];
}

export interface ShownServer {
  readonly id: string;
  readonly type: "lobby" | "game";
  /** What the provider says that it does. */
  readonly state: string;
  readonly availability: "available" | "draining" | "expired";
  readonly address: string;
  readonly seats: { readonly taken: number; readonly of: number };
  readonly matches: readonly {
    readonly id: string;
    readonly status: string;
    readonly players: readonly string[];
  }[];
}

export interface ShownRoute {
  readonly player: string;
  readonly backend: string;
  /** The server there, where one is registered. */
  readonly server?: string | undefined;
  /** Of a player on this machine: whose answers really arrive. */
  readonly heard?: { readonly server?: string | undefined; readonly answers: number } | undefined;
}

/** Asks provider, registry and relay, each for what it knows. */
export async function readFleetState({
  kind,
  fleet,
  log,
  player,
}: Orchestrator): Promise<FleetState> {
  const [records, servers, table] = await Promise.all([
    fleet.registry.list(),
    fleet.provider.list(),
    fleet.routes.listRoutes(),
  ]);
  const states = new Map(servers.map(({ name, status }) => [name, status.state]));
  const ids = new Map(records.map((record) => [formatHostPort(record), record.id]));
  return {
    provider: kind,
    servers: records
      .map((record) => {
        const { id, type, availability } = record;
        const matches = Object.entries(record.matches).map(([matchId, { status, players }]) => ({
          ...{ id: matchId, status, players },
        }));
        const taken =
          type === "lobby" ? record.players : matches.flatMap(({ players }) => players).length;
        return {
          ...{ id, type, availability, matches, state: states.get(id) ?? "gone" },
          address: formatHostPort(record),
          seats: { taken, of: record.maxPlayers },
        };
      })
      .sort(
        (a, b) => b.type.localeCompare(a.type) || a.id.localeCompare(b.id, "en", { numeric: true }),
      ),
    routes: Object.entries(table).map(([address, backend]) => ({
      ...{ player: address, backend, server: ids.get(backend) },
      heard: address === player?.address ? player.heard : undefined,
    })),
    log: log.entries,
  };
}
