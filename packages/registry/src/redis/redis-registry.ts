import {
  type AbortOptions,
  type DrainOptions,
  type DrainResult,
  type FindOptions,
  type Heartbeat,
  type HeartbeatOptions,
  type Lease,
  type ListFilter,
  type ListOptions,
  type LobbyClaim,
  type LobbyRequestInput,
  type MatchInfo,
  type MatchInput,
  type PageOptions,
  type ReadyMatch,
  type RegisterOptions,
  type RegistryChange,
  RegistryError,
  type SeatClaim,
  type SeatRequestInput,
  type ServerChange,
  type ServerInput,
  type ServerPage,
  type ServerRecord,
  type ServerRegistry,
  type VersionOptions,
  type WatchOptions,
} from "@potassium/core-types";
import { OpenCalls } from "@potassium/core-types/provider-kit";
import * as names from "../check-options.js";
import * as parse from "../parse-argument.js";
import {
  parseFindOptions,
  parseLobbyRequest,
  parseMode,
  parseSeatRequest,
} from "../parse-claim.js";
import { parseListOptions, parsePageOptions } from "../parse-list.js";
import { ClaimCalls } from "./claim-calls.js";
import { Connection } from "./connection/connection.js";
import { Namespace } from "./connection/namespace.js";
import { ListCalls } from "./list-calls.js";
import { parseRedisOptions, type RedisRegistryOptions } from "./redis-registry-options.js";
import { ServerCalls } from "./server-calls.js";
import { Store } from "./stored/store.js";
import { waitUntilDrained } from "./wait-until-drained.js";
import { attend, watchChanges } from "./watch-changes.js";

/**
 * Knows which lobby and game servers there are, and their matches, and gives each seat to one player, in a Redis 7 or Valkey. All
 * registries of one namespace there, in whatever processes, are one registry.
 *
 * It connects at the first call, by the package `@redis/client`, and again whenever the connection breaks. Times are those of Redis's clock.
 * Every call may throw, beside what `ServerRegistry` says: `UNAVAILABLE` (no connection, or Redis refuses work),
 * `TIMEOUT`, `UNAUTHORIZED`, `BAD_RESPONSE` (others wrote under the namespace). A call whose connection breaks before the answer is sent again where that
 * is safe, claims among them; an `update` by function, `ifVersion`, `unregister`, `removeMatch` and `release` are `UNAVAILABLE` then, and may have been done.
 *
 * @example
 * ```ts
 * await using registry = new RedisRegistry({ url: "redis://127.0.0.1:6379", namespace: "eu" });
 * const claim = await registry.claimSeats({ mode: "skywars", party: ["ann", "bob"] });
 * if (claim.state === "claimed") await registry.confirm(claim.lease.id);
 * ```
 */
export class RedisRegistry implements ServerRegistry {
  readonly #calls = new OpenCalls(disposed);
  readonly #connection: Connection;
  readonly #store: Store;
  readonly #servers: ServerCalls;
  readonly #lists: ListCalls;
  readonly #claims: ClaimCalls;
  readonly #defaultTtlMs: number | undefined;

  /** @throws {RegistryError} `INVALID_ARGUMENT` */
  constructor(options: RedisRegistryOptions) {
    const settings = parseRedisOptions(options);
    this.#connection = new Connection(settings);
    const namespace = new Namespace({ ...settings, connection: this.#connection });
    this.#store = new Store(namespace, settings.commandTimeoutMs);
    this.#servers = new ServerCalls(this.#store);
    this.#lists = new ListCalls(this.#store);
    this.#claims = new ClaimCalls(this.#store, this.#lists);
    this.#defaultTtlMs = settings.defaultTtlMs;
  }

  register(server: ServerInput, options: RegisterOptions = {}): Promise<ServerRecord> {
    return this.#call(names.registerOptions, options, async (signal) => {
      const info = parse.parseServer(server);
      const ttlMs = parse.parseServerTtl(options.ttlMs) ?? this.#defaultTtlMs;
      const keepsMatches = parse.parseKeepsMatches(options.matches);
      return this.#servers.register(info, { signal, ttlMs, keepsMatches });
    });
  }

  unregister(id: string, options: VersionOptions = {}): Promise<boolean> {
    return this.#call(names.versionOptions, options, async (signal) => {
      const ifVersion = parse.parseVersion(options.ifVersion, "ifVersion");
      return this.#servers.unregister(parse.parseId(id, "id"), { signal, ifVersion });
    });
  }

  get(id: string, options: AbortOptions = {}): Promise<ServerRecord | undefined> {
    return this.#call(
      names.abortOptions,
      options,
      async (signal) => (await this.#store.get(parse.parseId(id, "id"), signal))?.server,
    );
  }

  /** Costs as much as the servers of the filter's `type` and `mode`: the rest of it has no index. Read in parts of 500. */
  list(filter: ListFilter = {}, options: ListOptions = {}): Promise<readonly ServerRecord[]> {
    return this.#call(names.listOptions, options, async (signal) => {
      const window = parseListOptions(options);
      return (await this.#lists.page(parse.parseFilter(filter), window, signal)).servers;
    });
  }

  /** As `list`: only by age, the default, is a page cheaper than the whole list. */
  page(filter: ListFilter = {}, options: PageOptions = {}): Promise<ServerPage> {
    return this.#call(names.pageOptions, options, async (signal) => {
      const parsed = parse.parseFilter(filter);
      return this.#lists.page(parsed, parsePageOptions(parsed, options), signal);
    });
  }

  update(
    id: string,
    change: ServerChange | ((server: ServerRecord) => ServerChange),
    options: VersionOptions = {},
  ): Promise<ServerRecord> {
    return this.#call(names.versionOptions, options, async (signal) => {
      const ifVersion = parse.parseVersion(options.ifVersion, "ifVersion");
      return this.#servers.update(parse.parseId(id, "id"), change, { signal, ifVersion });
    });
  }

  updateMatch(
    serverId: string,
    matchId: string,
    match: MatchInput | ((match: MatchInfo | undefined) => MatchInput),
    options: VersionOptions = {},
  ): Promise<MatchInfo> {
    return this.#call(names.versionOptions, options, async (signal) => {
      const server = parse.parseId(serverId, "serverId");
      const id = parse.parseId(matchId, "matchId");
      const ifVersion = parse.parseVersion(options.ifVersion, "ifVersion");
      return this.#servers.updateMatch(server, id, match, { signal, ifVersion });
    });
  }

  removeMatch(serverId: string, matchId: string, options: VersionOptions = {}): Promise<boolean> {
    return this.#call(names.versionOptions, options, async (signal) => {
      const server = parse.parseId(serverId, "serverId");
      const id = parse.parseId(matchId, "matchId");
      const ifVersion = parse.parseVersion(options.ifVersion, "ifVersion");
      return this.#servers.removeMatch(server, id, { signal, ifVersion });
    });
  }

  findLobby(options: FindOptions = {}): Promise<ServerRecord | undefined> {
    return this.#call(names.findOptions, options, async (signal) =>
      this.#lists.findLobby(parseFindOptions(options), signal),
    );
  }

  findReadyMatch(mode: string, options: FindOptions = {}): Promise<ReadyMatch | undefined> {
    return this.#call(names.findOptions, options, async (signal) =>
      this.#lists.findReadyMatch(parseMode(mode), parseFindOptions(options), signal),
    );
  }

  /** One script; only with conditions (`where`) are places looked through first, and is it ever contended. */
  claimSeats(request: SeatRequestInput, options: AbortOptions = {}): Promise<SeatClaim> {
    return this.#call(names.abortOptions, options, async (signal) =>
      this.#claims.claimSeats(parseSeatRequest(request), signal),
    );
  }

  /** As `claimSeats`. */
  claimLobby(request: LobbyRequestInput, options: AbortOptions = {}): Promise<LobbyClaim> {
    return this.#call(names.abortOptions, options, async (signal) =>
      this.#claims.claimLobby(parseLobbyRequest(request), signal),
    );
  }

  confirm(leaseId: string, options: AbortOptions = {}): Promise<Lease> {
    return this.#call(names.abortOptions, options, async (signal) =>
      this.#claims.confirm(parse.parseId(leaseId, "leaseId"), signal),
    );
  }

  extend(leaseId: string, ttlMs: number, options: AbortOptions = {}): Promise<Lease> {
    return this.#call(names.abortOptions, options, async (signal) => {
      const id = parse.parseId(leaseId, "leaseId");
      return this.#claims.extend(id, parse.parseLeaseTtl(ttlMs), signal);
    });
  }

  release(leaseId: string, options: AbortOptions = {}): Promise<boolean> {
    return this.#call(names.abortOptions, options, async (signal) =>
      this.#claims.release(parse.parseId(leaseId, "leaseId"), signal),
    );
  }

  getLease(leaseId: string, options: AbortOptions = {}): Promise<Lease | undefined> {
    return this.#call(names.abortOptions, options, async (signal) =>
      this.#claims.get(parse.parseId(leaseId, "leaseId"), signal),
    );
  }

  listLeases(serverId: string, options: AbortOptions = {}): Promise<readonly Lease[]> {
    return this.#call(names.abortOptions, options, async (signal) =>
      this.#claims.list(parse.parseId(serverId, "serverId"), signal),
    );
  }

  heartbeat(id: string, options: HeartbeatOptions = {}): Promise<Heartbeat> {
    return this.#call(names.heartbeatOptions, options, async (signal) => {
      const ttlMs = parse.parseServerTtl(options.ttlMs);
      return this.#servers.heartbeat(parse.parseId(id, "id"), ttlMs, signal);
    });
  }

  /** Waits through breaks of the connection, once the server is marked. */
  drain(id: string, options: DrainOptions = {}): Promise<DrainResult> {
    return this.#call(names.drainOptions, options, async (signal) => {
      const deadlineMs = parse.parseDeadline(options.deadlineMs);
      const marked = await this.#servers.mark(parse.parseId(id, "id"), true, signal);
      return await waitUntilDrained(this.#store, marked, deadlineMs, signal);
    });
  }

  undrain(id: string, options: AbortOptions = {}): Promise<ServerRecord> {
    return this.#call(names.abortOptions, options, async (signal) =>
      this.#servers.mark(parse.parseId(id, "id"), false, signal),
    );
  }

  /** Waits on a connection of its own, from the first `next()` on, and through breaks of it; where Redis is away at the beginning, it is `UNAVAILABLE`. */
  watch(options: WatchOptions = {}): AsyncIterable<RegistryChange> {
    this.#admit(options, names.watchOptions);
    const from = parse.parseVersion(options.from, "from");
    const start = from === undefined ? this.#present(options) : Promise.resolve(from);
    // Nobody may ever read it.
    start.catch(() => {});
    return this.#calls.stream(options, "end", (signal) => watchChanges(this.#store, start, signal));
  }

  /** Ends the calls, watches and drains that are open, and the connection. Later calls are `DISPOSED`. What is registered stays in Redis. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#calls.close();
    this.#connection.close();
  }

  async #call<Answer>(
    known: readonly string[],
    options: AbortOptions,
    body: (signal: AbortSignal) => Promise<Answer>,
  ): Promise<Answer> {
    this.#admit(options, known);
    return this.#calls.run(options, body);
  }

  #admit(options: AbortOptions, known: readonly string[]): void {
    if (this.#calls.closed) throw disposed();
    names.checkOptions(options, known);
  }

  #present(options: AbortOptions): Promise<number> {
    return this.#calls.run(options, async (signal) => (await attend(this.#store, signal)).revision);
  }
}

const disposed = (): RegistryError =>
  new RegistryError("DISPOSED", "the registry is disposed of: make a new one");
