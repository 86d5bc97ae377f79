import type { ListFilter, ServerConditions, ServerRecord } from "@potassium/core-types";

/** What is free on a server, claims taken off. */
export interface FreeOnServer {
  /** Places on the server. */
  readonly room: number;
  /** The seats of that match of it that has most: 0 where none is ready. */
  readonly matchSeats: number;
}

/** Whether all of the filter holds for a server. */
export function matchesFilter(
  server: ServerRecord,
  { room, matchSeats }: FreeOnServer,
  filter: ListFilter,
): boolean {
  const { type, mode, health, availability, hasCapacity, hasReadyMatch } = filter;
  return (
    (type === undefined || server.type === type) &&
    (mode === undefined || server.mode === mode) &&
    (health === undefined || server.health === health) &&
    (availability === undefined
      ? server.availability !== "expired"
      : server.availability === availability) &&
    (hasCapacity === undefined || room > 0 === hasCapacity) &&
    room >= (filter.minFreeSeats ?? 0) &&
    (hasReadyMatch === undefined || matchSeats > 0 === hasReadyMatch) &&
    matchSeats >= (filter.minMatchSeats ?? 0) &&
    meetsConditions(server, filter)
  );
}

/** Whether all of the conditions hold for a server. */
export function meetsConditions(
  server: ServerRecord,
  { host, labels, metadata }: ServerConditions,
): boolean {
  return (
    (host === undefined || server.host === host) &&
    (labels === undefined || holds(server.labels, labels)) &&
    (metadata === undefined || holds(server.metadata, metadata))
  );
}

function holds(
  texts: Readonly<Record<string, string>>,
  wanted: Readonly<Record<string, string>>,
): boolean {
  for (const [key, text] of Object.entries(wanted)) {
    // A key such as "constructor" must not be found on every object.
    if (!Object.hasOwn(texts, key) || texts[key] !== text) return false;
  }
  return true;
}
