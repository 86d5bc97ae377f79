import type { ServerConditions } from "@potassium/core-types";
import type { FindQuery } from "../parse-claim.js";
import { freeMatchSeats, freeRoom, isOpen } from "../record/free-seats.js";
import { meetsConditions } from "../record/matches-filter.js";
import { type MatchEntry, matchesPerServer, type ServerEntry } from "./entry.js";
import { SeatPool } from "./seat-pool.js";

type Mode = string | undefined;

/** The free seats of open servers: matches of games by mode, lobbies by mode and all together. */
export class SeatIndex {
  readonly #matches = new Map<string, SeatPool<MatchEntry>>();
  readonly #lobbies = new Map<Mode, SeatPool<ServerEntry>>();

  /** Puts the seats of a server where they now belong, after a change of the record but not of the matches, or of held places. */
  update(entry: ServerEntry): void {
    const { type, mode } = entry.server;
    const open = isOpen(entry.server);
    const before = entry.pooledIn;
    if (before !== undefined && (!open || before.type !== type || before.mode !== mode)) {
      this.remove(entry);
    }
    if (!open) return;
    if (entry.pooledIn === undefined) {
      entry.pooledIn = { type, mode };
      if (type === "game") for (const match of entry.matches.values()) this.#place(match);
    }
    if (type === "lobby") this.#placeLobby(entry, mode, freeRoom(entry.server, entry.heldPlaces));
  }

  /** Counts the free seats of a match anew, after a change of it or of the seats held. */
  updateMatch(match: MatchEntry): void {
    this.#count(match, freeMatchSeats(match.info, match.held));
    this.#place(match);
  }

  /** Takes the seats of a server out of the pools. */
  remove(entry: ServerEntry): void {
    const place = entry.pooledIn;
    if (place === undefined) return;
    if (place.type === "lobby") this.#placeLobby(entry, place.mode, 0);
    else for (const match of entry.matches.values()) this.#move(match, place.mode, 0);
    entry.pooledIn = undefined;
  }

  removeMatch(match: MatchEntry): void {
    this.#count(match, 0);
    this.#place(match);
  }

  /** Numbers the matches of a server anew, in their order, before their numbers run out. */
  renumber(entry: ServerEntry): void {
    entry.nextMatch = 0;
    const mode = entry.pooledIn?.mode ?? "";
    for (const match of entry.matches.values()) {
      this.#move(match, mode, 0);
      match.order = entry.order * matchesPerServer + entry.nextMatch;
      entry.nextMatch += 1;
      this.#place(match);
    }
  }

  match(mode: string, query: FindQuery): MatchEntry | undefined {
    const pool = this.#matches.get(mode);
    const { seats, order, where } = query;
    if (pool === undefined || !asksForMore(where)) return pool?.first(seats, order);
    for (const match of pool.all(seats, order)) {
      if (meetsConditions(match.entry.server, where)) return match;
    }
    return undefined;
  }

  /** @param mode `undefined`: any. */
  lobby(mode: Mode, query: FindQuery): ServerEntry | undefined {
    const pool = this.#lobbies.get(mode);
    const { seats, order, where } = query;
    if (pool === undefined || !asksForMore(where)) return pool?.first(seats, order);
    for (const entry of pool.all(seats, order)) {
      if (meetsConditions(entry.server, where)) return entry;
    }
    return undefined;
  }

  #count(match: MatchEntry, free: number): void {
    if (match.free > 0) match.entry.readyMatches -= 1;
    if (free > 0) match.entry.readyMatches += 1;
    match.free = free;
  }

  #place(match: MatchEntry): void {
    const place = match.entry.pooledIn;
    if (place?.type === "game") this.#move(match, place.mode, match.free);
  }

  #move(match: MatchEntry, mode: string, free: number): void {
    const before = match.pooled;
    if (before === free) return;
    match.pooled = free;
    movedIn(this.#matches, mode, match, before, free);
  }

  #placeLobby(entry: ServerEntry, mode: string, room: number): void {
    const before = entry.pooledRoom;
    if (before === room) return;
    entry.pooledRoom = room;
    movedIn(this.#lobbies, mode, entry, before, room);
    movedIn(this.#lobbies, undefined, entry, before, room);
  }
}

function asksForMore(where: ServerConditions | undefined): where is ServerConditions {
  return (
    where !== undefined &&
    (where.host !== undefined || where.labels !== undefined || where.metadata !== undefined)
  );
}

/** Pools are made with their first place and go with their last: modes must not pile up. */
function movedIn<Key, Entry extends { readonly order: number }>(
  pools: Map<Key, SeatPool<Entry>>,
  key: Key,
  entry: Entry,
  before: number,
  after: number,
): void {
  let pool = pools.get(key);
  if (pool === undefined) {
    pool = new SeatPool();
    pools.set(key, pool);
  }
  pool.move(entry, before, after);
  if (pool.isEmpty) pools.delete(key);
}
