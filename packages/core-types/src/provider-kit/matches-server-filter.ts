import type { Server } from "../provider/server.js";
import type { ServerFilter } from "../provider/server-filter.js";

/** Whether all that the filter asks for holds for the server. */
export function matchesServerFilter(
  server: Pick<Server, "name" | "status" | "labels">,
  filter: ServerFilter = {},
): boolean {
  const { state, name, labels = {} } = filter;
  if (name !== undefined && server.name !== name) return false;
  if (state !== undefined && ![state].flat().includes(server.status.state)) return false;
  return Object.entries(labels).every(
    ([key, value]) => Object.hasOwn(server.labels, key) && server.labels[key] === value,
  );
}
