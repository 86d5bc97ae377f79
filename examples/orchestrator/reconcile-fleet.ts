import {
  type AbortOptions,
  formatHostPort,
  type RouteTable,
  type ServerRecord,
} from "@potassium/core-types";
import { reconcile } from "@potassium/core-types/provider-kit";
import type { Fleet } from "./fleet.js";
import { recordOf } from "./record-of.js";

/**
 * Makes provider, registry and relay agree after a restart, before anything else is done. What runs counts: each server that
 * runs is registered with the players who are on it, and what leads nowhere goes: records, routes, and servers that have
 * ended or were never started.
 */
export async function reconcileFleet(fleet: Fleet, { signal }: AbortOptions = {}): Promise<void> {
  const { provider, registry, routes, tell } = fleet;
  await recountPlayers(fleet, { signal });
  const report = await reconcile(provider, {
    registry,
    routes,
    removeUnregistered: true,
    unregisterVanished: true,
    deleteStrayRoutes: true,
    removeAbandoned: true,
    abandonedAfterMs: 0, // nobody allocates yet
    signal,
  });
  for (const { id } of report.vanished) {
    await provider.deallocate(id, { signal }); // what a server that has ended leaves
    tell(`${id} does not run any more, and is removed`);
  }
  for (const { name } of report.unregistered) tell(`${name} had ended, and is removed`);
  for (const { name } of report.abandoned) tell(`${name} was never started, and is removed`);
  for (const { playerIp } of report.strayRoutes) tell(`${playerIp} was routed to nobody`);
}

/**
 * A snapshot of the registry may be older than the routes, and the routes gone with a relay that was restarted: on a server
 * are those who are routed to it, and those of its matches who are routed nowhere, and get their route back.
 */
async function recountPlayers({ provider, registry, routes, tell }: Fleet, options: AbortOptions) {
  const table = await routes.listRoutes(options);
  for (const server of await provider.list({ state: "running" }, options)) {
    const record = await registry.get(server.name, options);
    const backend = formatHostPort(recordOf(server));
    const forgotten = seatedOn(record).filter((player) => table[player] === undefined);
    const there = [...routedTo(table, backend), ...forgotten];
    await registry.register(recordOf(server, there), options);
    for (const player of forgotten) await routes.setRoute(player, backend, options);
    const how = record === undefined ? "is registered again" : "runs";
    tell(
      `${server.name} ${how}: ${there.length} players, ${forgotten.length} of them routed again`,
    );
  }
}

const routedTo = (table: RouteTable, backend: string): readonly string[] =>
  Object.keys(table).filter((player) => table[player] === backend);

const seatedOn = (record: ServerRecord | undefined): readonly string[] =>
  Object.values(record?.matches ?? {}).flatMap(({ players }) => players);
