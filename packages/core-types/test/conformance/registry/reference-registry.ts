import {
  type AbortOptions,
  Identifier,
  ListFilter,
  MatchInfo,
  type MatchInput,
  parseInput,
  type ReadyMatch,
  RegistryError,
  type ServerChange,
  ServerInfo,
  type ServerInput,
  type ServerRegistry,
} from "../../../src/index.js";

/**
 * The plainest registry that keeps every promise, with an answer that must be awaited. Its broken
 * variants override one step each.
 */
export class ReferenceRegistry implements ServerRegistry, AsyncDisposable {
  readonly servers = new Map<string, ServerInfo>();
  disposed = false;

  async register(server: ServerInput, options?: AbortOptions): Promise<ServerInfo> {
    options?.signal?.throwIfAborted();
    return this.keep(parseInput(ServerInfo, server, "server", invalid));
  }

  async unregister(id: string, options?: AbortOptions): Promise<boolean> {
    options?.signal?.throwIfAborted();
    return this.servers.delete(this.parseId(id, "id"));
  }

  async get(id: string, options?: AbortOptions): Promise<ServerInfo | undefined> {
    options?.signal?.throwIfAborted();
    return this.servers.get(this.parseId(id, "id"));
  }

  async list(filter: ListFilter = {}, options?: AbortOptions): Promise<readonly ServerInfo[]> {
    options?.signal?.throwIfAborted();
    const given = parseInput(ListFilter, filter, "filter", invalid);
    return Object.freeze([...this.servers.values()].filter((server) => this.fits(server, given)));
  }

  async update(
    id: string,
    change: ServerChange | ((server: ServerInfo) => ServerChange),
    options?: AbortOptions,
  ): Promise<ServerInfo> {
    options?.signal?.throwIfAborted();
    const server = this.known(id, "id");
    const given: unknown = typeof change === "function" ? change(server) : change;
    if (typeof given !== "object" || given === null || Array.isArray(given)) {
      throw invalid("the change must be an object", "");
    }
    if (given instanceof Promise) throw invalid("the function must not be async", "");
    const fields = Object.entries(given).filter(([, value]) => value !== undefined);
    return this.keep(this.changed(server, Object.fromEntries(fields)));
  }

  async updateMatch(
    serverId: string,
    matchId: string,
    match: MatchInput | ((match: MatchInfo | undefined) => MatchInput),
    options?: AbortOptions,
  ): Promise<MatchInfo> {
    options?.signal?.throwIfAborted();
    this.parseId(matchId, "matchId");
    const server = this.known(serverId, "serverId");
    const present = Object.hasOwn(server.matches, matchId) ? server.matches[matchId] : undefined;
    const given = typeof match === "function" ? match(present) : match;
    const record = parseInput(MatchInfo, given, "match", invalid);
    this.keep(this.changed(server, { matches: { ...server.matches, [matchId]: record } }));
    return record;
  }

  async removeMatch(serverId: string, matchId: string, options?: AbortOptions): Promise<boolean> {
    options?.signal?.throwIfAborted();
    this.parseId(matchId, "matchId");
    const server = this.known(serverId, "serverId");
    const { [matchId]: _, ...matches } = server.matches;
    this.keep(this.changed(server, { matches }));
    return Object.hasOwn(server.matches, matchId);
  }

  async findLobby(options?: AbortOptions): Promise<ServerInfo | undefined> {
    return (await this.list({ type: "lobby", hasCapacity: true }, options))[0];
  }

  async findReadyMatch(mode: string, options?: AbortOptions): Promise<ReadyMatch | undefined> {
    options?.signal?.throwIfAborted();
    if (typeof mode !== "string") throw invalid("mode: must be a string", "mode");
    for (const server of await this.list({ type: "game", mode })) {
      for (const [matchId, match] of Object.entries(server.matches)) {
        if (match.status === "ready") return Object.freeze({ server, matchId, match });
      }
    }
    return undefined;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.disposed = true;
  }

  protected parseId(id: string, field: string): string {
    return parseInput(Identifier, id, field, (message) => invalid(message, field));
  }

  protected known(id: string, field: string): ServerInfo {
    const server = this.servers.get(this.parseId(id, field));
    if (server === undefined) throw new RegistryError("NOT_FOUND", `no server ${id}`);
    return server;
  }

  protected changed(server: ServerInfo, change: Record<string, unknown>): ServerInfo {
    if ("id" in change && change["id"] !== server.id) throw invalid("the id can't change", "id");
    return parseInput(ServerInfo, { ...server, ...change }, "change", invalid);
  }

  protected keep(server: ServerInfo): ServerInfo {
    this.servers.set(server.id, server);
    return server;
  }

  protected fits(server: ServerInfo, filter: ListFilter): boolean {
    const { type, mode, hasCapacity, hasReadyMatch } = filter;
    const ready = Object.values(server.matches).some((match) => match.status === "ready");
    return (
      (type === undefined || server.type === type) &&
      (mode === undefined || server.mode === mode) &&
      (hasCapacity === undefined || server.players < server.maxPlayers === hasCapacity) &&
      (hasReadyMatch === undefined || ready === hasReadyMatch)
    );
  }
}

export function invalid(message: string, field: string): RegistryError {
  return new RegistryError("INVALID_ARGUMENT", message, { field });
}
