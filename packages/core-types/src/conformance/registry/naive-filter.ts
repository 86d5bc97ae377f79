import type { ListFilter } from "../../registry/list-filter.js";
import type { ServerInfo } from "../../registry/server-info.js";

/** What `list` must agree with: one look at each server, in order. */
export function naiveFilter(
  servers: readonly ServerInfo[],
  filter: ListFilter = {},
): readonly ServerInfo[] {
  return servers.filter(
    (server) =>
      (filter.type === undefined || server.type === filter.type) &&
      (filter.mode === undefined || server.mode === filter.mode) &&
      (filter.hasCapacity === undefined || hasCapacity(server) === filter.hasCapacity) &&
      (filter.hasReadyMatch === undefined || hasReadyMatch(server) === filter.hasReadyMatch),
  );
}

function hasCapacity(server: ServerInfo): boolean {
  return server.players < server.maxPlayers;
}

function hasReadyMatch(server: ServerInfo): boolean {
  return Object.values(server.matches).some((match) => match.status === "ready" && match.need > 0);
}

/** Every combination of the filters' values, each also left out. */
export function allFilters(modes: readonly string[]): readonly ListFilter[] {
  const either = [undefined, true, false];
  const filters: ListFilter[] = [];
  for (const type of [undefined, "lobby", "game"] as const)
    for (const mode of [undefined, ...modes])
      for (const hasCapacity of either)
        for (const hasReadyMatch of either)
          filters.push({ type, mode, hasCapacity, hasReadyMatch });
  return filters;
}
