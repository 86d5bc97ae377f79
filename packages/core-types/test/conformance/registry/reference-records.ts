import { infoOf } from "../../../src/conformance/registry/info-of.js";
import type { RegistrySettings } from "../../../src/conformance/registry/suite.js";
import {
  type AbortOptions,
  parseOptions as checkOptions,
  type Lease,
  MatchInfo,
  type MatchInput,
  type RegisterOptions,
  type RegistryChange,
  RegistryError,
  type ServerChange,
  ServerInfo,
  type ServerInput,
  type ServerRecord,
  type VersionOptions,
} from "../../../src/index.js";
import { invalid, parse, parseId, parseOptions } from "./reference-arguments.js";

/** A server with what only the registry knows of it. */
export interface KeptServer {
  readonly place: number;
  readonly registeredAtMs: number;
  ttlMs: number | undefined;
  aliveUntilMs: number;
  draining: boolean;
  record?: ServerRecord;
}

export interface KeptLease {
  lease: Lease;
  ttlMs: number;
  readonly key: string | undefined;
  /** With the kind of claim, for the comparison. */
  readonly request: unknown;
}

/** The records of a plain registry: every call first brings all of it up to the present time. */
export class ReferenceRecords {
  readonly servers = new Map<string, KeptServer>();
  readonly leases = new Map<string, KeptLease>();
  readonly log: RegistryChange[] = [];
  /** The version before the log's first change. */
  logBegin = 0;
  lastVersion = 0;
  places = 0;
  disposed = false;

  constructor(readonly settings: RegistrySettings = {}) {}

  async register(server: ServerInput, options?: RegisterOptions): Promise<ServerRecord> {
    this.begin(options, "ttlMs", "matches");
    const { ttlMs = this.settings.defaultTtlMs, matches } = parseOptions(options);
    const given = parse(ServerInfo, withoutAdded(server), "server");
    const before = this.servers.get(given.id);
    const kept = before ?? {
      place: this.places++,
      registeredAtMs: Date.now(),
      ttlMs,
      aliveUntilMs: 0,
      draining: false,
    };
    kept.ttlMs = ttlMs;
    kept.aliveUntilMs = Date.now() + (ttlMs ?? Number.POSITIVE_INFINITY);
    this.servers.set(given.id, kept);
    if (matches === "replace") return this.keep(given);
    const both = { ...before?.record?.matches, ...given.matches };
    return this.keep(parse(ServerInfo, { ...given, matches: both }, "server"));
  }

  async unregister(id: string, options?: VersionOptions): Promise<boolean> {
    this.begin(options, "ifVersion");
    const { ifVersion } = parseOptions(options);
    if (!this.servers.has(this.parseId(id, "id"))) return false;
    this.checkVersion(this.known(id, "id"), ifVersion);
    this.remove(this.parseId(id, "id"), "unregistered");
    return true;
  }

  async get(id: string, options?: AbortOptions): Promise<ServerRecord | undefined> {
    this.begin(options);
    return this.servers.get(this.parseId(id, "id"))?.record;
  }

  async update(
    id: string,
    change: ServerChange | ((server: ServerRecord) => ServerChange),
    options?: VersionOptions,
  ): Promise<ServerRecord> {
    this.begin(options, "ifVersion");
    const { ifVersion } = parseOptions(options);
    const server = this.known(id, "id");
    this.checkVersion(server, ifVersion);
    const given: unknown = typeof change === "function" ? change(server) : change;
    if (typeof given !== "object" || given === null || Array.isArray(given)) {
      throw invalid("the change must be an object", "change");
    }
    if (given instanceof Promise) throw invalid("the function must not be async", "change");
    const fields = Object.entries(withoutAdded(given)).filter(([, value]) => value !== undefined);
    return this.keep(this.changed(infoOf(server), Object.fromEntries(fields)));
  }

  async updateMatch(
    serverId: string,
    matchId: string,
    match: MatchInput | ((match: MatchInfo | undefined) => MatchInput),
    options?: VersionOptions,
  ): Promise<MatchInfo> {
    this.begin(options, "ifVersion");
    const { ifVersion } = parseOptions(options);
    parseId(matchId, "matchId");
    const server = this.known(serverId, "serverId");
    this.checkVersion(server, ifVersion);
    const present = Object.hasOwn(server.matches, matchId) ? server.matches[matchId] : undefined;
    const given = typeof match === "function" ? match(present) : match;
    const record = parse(MatchInfo, given, "match");
    const matches = { ...server.matches, [matchId]: record };
    this.keep(this.changed(infoOf(server), { matches }));
    return record;
  }

  async removeMatch(serverId: string, matchId: string, options?: VersionOptions): Promise<boolean> {
    this.begin(options, "ifVersion");
    const { ifVersion } = parseOptions(options);
    parseId(matchId, "matchId");
    const server = this.known(serverId, "serverId");
    this.checkVersion(server, ifVersion);
    const { [matchId]: removed, ...matches } = server.matches;
    if (!Object.hasOwn(server.matches, matchId)) return false;
    this.keep(this.changed(infoOf(server), { matches }));
    return removed !== undefined;
  }

  /** What every call does first. */
  protected begin(options: AbortOptions | undefined, ...names: readonly string[]): void {
    checkOptions(options, ["signal", ...names], invalid);
    options?.signal?.throwIfAborted();
    if (this.disposed) throw new RegistryError("DISPOSED", "the registry was disposed");
    this.catchUp();
  }

  /** Lets expire what has expired by now. */
  protected catchUp(): void {
    const now = Date.now();
    const { graceMs = 60_000 } = this.settings;
    for (const [id, { record, aliveUntilMs }] of this.servers) {
      if (record === undefined || aliveUntilMs > now) continue;
      if (record.availability !== "expired") this.keep(infoOf(record));
      if (aliveUntilMs + graceMs <= now) this.remove(id, "expired");
    }
    for (const [id, { lease }] of this.leases) {
      if (lease.expiresAtMs <= now) this.leases.delete(id);
    }
  }

  protected nextVersion(): number {
    this.lastVersion = Math.max(this.lastVersion + 1, Date.now() * 1000);
    return this.lastVersion;
  }

  protected parseId(id: string, field: string): string {
    return parseId(id, field);
  }

  protected known(id: string, field: string): ServerRecord {
    const record = this.servers.get(this.parseId(id, field))?.record;
    if (record === undefined) throw new RegistryError("NOT_FOUND", `no server ${id}`);
    return record;
  }

  protected checkVersion(server: ServerRecord, ifVersion: number | undefined): void {
    if (ifVersion === undefined || ifVersion === server.version) return;
    const message = `${server.id} has the version ${server.version}`;
    throw new RegistryError("CONFLICT", message, { field: "ifVersion" });
  }

  protected changed(server: ServerInfo, change: Record<string, unknown>): ServerInfo {
    if ("id" in change && change["id"] !== server.id) throw invalid("the id can't change", "id");
    return parse(ServerInfo, { ...server, ...change }, "change");
  }

  /** Makes a new version of a record, and tells it. */
  protected keep(info: ServerInfo): ServerRecord {
    const kept = this.servers.get(info.id);
    if (kept === undefined) throw new Error(`${info.id} was not added`);
    const kind = kept.record === undefined ? "registered" : "updated";
    const { registeredAtMs, draining, aliveUntilMs } = kept;
    const alive = aliveUntilMs > Date.now();
    const availability = alive ? (draining ? "draining" : "available") : "expired";
    const version = this.nextVersion();
    const server = Object.freeze({ ...info, version, registeredAtMs, availability } as const);
    kept.record = server;
    for (const [id, { lease }] of this.leases) {
      const { serverId, matchId } = lease;
      const matchIsGone = matchId !== undefined && !Object.hasOwn(server.matches, matchId);
      if (serverId === server.id && matchIsGone) this.leases.delete(id);
    }
    this.tell(Object.freeze({ kind, version, server }));
    return server;
  }

  protected remove(id: string, reason: "unregistered" | "expired"): void {
    this.servers.delete(id);
    for (const [leaseId, { lease }] of this.leases) {
      if (lease.serverId === id) this.leases.delete(leaseId);
    }
    this.tell(Object.freeze({ kind: "removed", version: this.nextVersion(), id, reason }));
  }

  protected tell(change: RegistryChange): void {
    this.log.push(change);
    const { keptChanges = 10_000 } = this.settings;
    while (this.log.length > keptChanges) {
      this.logBegin = this.log.shift()?.version ?? this.logBegin;
    }
  }
}

/** What a caller gives back of a record, without what the registry added to it. */
function withoutAdded(given: object): object {
  if (typeof given !== "object" || given === null || Array.isArray(given)) return given;
  const { version, registeredAtMs, availability, ...rest } = given as Partial<ServerRecord>;
  return rest;
}
