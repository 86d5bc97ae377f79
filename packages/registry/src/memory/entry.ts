import type { Lease, MatchInfo, ServerRecord } from "@potassium/core-types";
import type { Due } from "./deadline-heap.js";
import type { ServerTraits } from "./list-index.js";

/** How many matches a server can add before theirs are numbered anew; ages stay exact up to two thousand million. */
export const matchesPerServer = 2 ** 22;

/**
 * A server's place in the registry. Indexes hold entries, so that a change of the record alone costs them nothing. Due: when it
 * expires, or when it is removed.
 */
export class ServerEntry implements Due {
  /** Its age: rises with each first registration. */
  readonly order: number;
  server: ServerRecord;
  /** In the order in which they were added. */
  readonly matches = new Map<string, MatchEntry>();
  nextMatch = 0;
  /** Matches with a free seat. */
  readyMatches = 0;
  /** Places of the lobby that leases hold. */
  heldPlaces = 0;
  /** Leases that are held, on the server and its matches. */
  heldLeases = 0;
  /** Held and confirmed, oldest first. Made with the first. */
  leases: Set<LeaseEntry> | undefined;
  draining = false;
  expired = false;
  removed = false;
  /** How long it may go without a heartbeat; `undefined`: for ever. */
  ttlMs: number | undefined;
  dueAtMs = Number.POSITIVE_INFINITY;
  heapIndex = -1;
  /** Under which traits the lists have it. */
  listed: ServerTraits | undefined;
  /** In which pool its seats are, if in any. */
  pooledIn: { readonly type: ServerRecord["type"]; readonly mode: string } | undefined;
  /** With how many free places it is in the lobbies' pools. */
  pooledRoom = 0;
  /** Drains that wait for a change. */
  waiting: Set<() => void> | undefined;

  constructor(order: number, server: ServerRecord) {
    this.order = order;
    this.server = server;
  }
}

export class MatchEntry {
  readonly id: string;
  readonly entry: ServerEntry;
  /** Its server's age, then its own place on the server. */
  order: number;
  info: MatchInfo;
  /** Seats that leases hold. */
  held = 0;
  /** Seats that nobody has or holds. */
  free = 0;
  /** With how many free seats it is in its pool. */
  pooled = 0;

  constructor(entry: ServerEntry, id: string, info: MatchInfo) {
    this.id = id;
    this.entry = entry;
    this.info = info;
    this.order = entry.order * matchesPerServer + entry.nextMatch;
    entry.nextMatch += 1;
  }
}

/** A lease, held or confirmed. Due: when it is no longer known. */
export interface LeaseEntry extends Due {
  lease: Lease;
  ttlMs: number;
  readonly entry: ServerEntry;
  /** Left out for a lobby. */
  readonly match: MatchEntry | undefined;
  readonly idempotencyKey: string | undefined;
  /** What was asked for, where there is a key. */
  readonly requestText: string | undefined;
}
