import type { MatchInfo, ServerInfo, ServerRecord } from "@potassium/core-types";
import { nextVersion } from "../record/next-version.js";
import { registeredServer } from "../record/registered-server.js";
import type { ChangeLog } from "./change-log.js";
import { type LeaseEntry, MatchEntry, matchesPerServer, ServerEntry } from "./entry.js";
import { LeaseBook } from "./lease-book.js";
import { ListIndex } from "./list-index.js";
import { SeatIndex } from "./seat-index.js";

/** The servers by id with what finds them, their leases, and the log of their changes: all change together. */
export class ServerStore {
  readonly lists = new ListIndex();
  readonly seats = new SeatIndex();
  readonly leases = new LeaseBook((lease) => this.#onHeld(lease));
  readonly log: ChangeLog;
  readonly #entries = new Map<string, ServerEntry>();
  #lastAge = 0;
  #lastVersion: number;

  /** @param version all versions to come are above it. */
  constructor(log: ChangeLog, version: number) {
    this.log = log;
    this.#lastVersion = version;
  }

  get lastVersion(): number {
    return this.#lastVersion;
  }

  takeVersion(nowMs: number): number {
    this.#lastVersion = nextVersion(this.#lastVersion, nowMs);
    return this.#lastVersion;
  }

  get(id: string): ServerEntry | undefined {
    return this.#entries.get(id);
  }

  /** In the order of registration. */
  values(): Iterable<ServerEntry> {
    return this.#entries.values();
  }

  register(info: ServerInfo, nowMs: number): ServerEntry {
    const version = this.takeVersion(nowMs);
    const registeredAtMs = Math.floor(nowMs);
    const record = registeredServer(info, { version, registeredAtMs, availability: "available" });
    const entry = this.add(record, this.#lastAge + 1, Object.keys(info.matches));
    this.log.append({ kind: "registered", version, server: record });
    return entry;
  }

  /** Adds a server without telling of it. @param matchIds in the order in which they were added. */
  add(record: ServerRecord, age: number, matchIds: readonly string[]): ServerEntry {
    const entry = new ServerEntry(age, record);
    this.#lastAge = age;
    this.#entries.set(record.id, entry);
    for (const id of matchIds) this.#putMatch(entry, id, record.matches[id]);
    this.#reindex(entry);
    return entry;
  }

  /** Changes fields of a record. */
  change(entry: ServerEntry, fields: Partial<ServerRecord>, nowMs: number): ServerRecord {
    const version = this.takeVersion(nowMs);
    return this.#replace(entry, Object.freeze({ ...entry.server, ...fields, version }));
  }

  /** Puts what a server says of itself in the place of what it said before. */
  replace(entry: ServerEntry, info: ServerInfo, nowMs: number): ServerRecord {
    const { registeredAtMs, availability } = entry.server;
    const version = this.takeVersion(nowMs);
    const record = registeredServer(info, { version, registeredAtMs, availability });
    return this.#replace(entry, record);
  }

  /** Adds or replaces one match, without a look at the others. */
  setMatch(entry: ServerEntry, matchId: string, match: MatchInfo, nowMs: number): void {
    const { server } = entry;
    const matches = Object.freeze({ ...server.matches, [matchId]: match });
    entry.server = Object.freeze({ ...server, matches, version: this.takeVersion(nowMs) });
    this.#putMatch(entry, matchId, match);
    this.#changed(entry);
  }

  remove(entry: ServerEntry, reason: "unregistered" | "expired", nowMs: number): void {
    const { id } = entry.server;
    for (const lease of entry.leases ?? []) this.leases.drop(lease);
    this.seats.remove(entry);
    this.lists.remove(entry);
    this.#entries.delete(id);
    entry.removed = true;
    this.log.append({ kind: "removed", version: this.takeVersion(nowMs), id, reason });
    notify(entry);
  }

  #replace(entry: ServerEntry, server: ServerRecord): ServerRecord {
    const before = entry.server;
    entry.server = server;
    if (server.matches !== before.matches) this.#syncMatches(entry);
    this.#changed(entry);
    return server;
  }

  #changed(entry: ServerEntry): void {
    this.#reindex(entry);
    const { server } = entry;
    this.log.append({ kind: "updated", version: server.version, server });
    notify(entry);
  }

  #reindex(entry: ServerEntry): void {
    this.seats.update(entry);
    this.lists.update(entry);
  }

  #syncMatches(entry: ServerEntry): void {
    const { matches } = entry.server;
    for (const match of entry.matches.values()) {
      if (Object.hasOwn(matches, match.id)) continue;
      for (const lease of entry.leases ?? []) if (lease.match === match) this.leases.drop(lease);
      this.seats.removeMatch(match);
      entry.matches.delete(match.id);
    }
    for (const id of Object.keys(matches)) this.#putMatch(entry, id, matches[id]);
  }

  #putMatch(entry: ServerEntry, id: string, info: MatchInfo | undefined): void {
    if (info === undefined) return;
    let match = entry.matches.get(id);
    if (match?.info === info) return;
    if (match === undefined) {
      if (entry.nextMatch === matchesPerServer) this.seats.renumber(entry);
      match = new MatchEntry(entry, id, info);
      entry.matches.set(id, match);
    }
    match.info = info;
    this.seats.updateMatch(match);
  }

  #onHeld({ entry, match }: LeaseEntry): void {
    if (match === undefined) this.#reindex(entry);
    else {
      this.seats.updateMatch(match);
      this.lists.update(entry);
    }
    notify(entry);
  }
}

function notify(entry: ServerEntry): void {
  for (const check of entry.waiting ?? []) check();
}
