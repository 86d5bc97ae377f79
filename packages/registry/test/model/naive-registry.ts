import type { ListFilter, MatchInfo, ServerInfo } from "@potassium/core-types";

/** What the registry must do, said as plainly as can be: an array, looked through each time. */
export class NaiveRegistry {
  servers: ServerInfo[] = [];

  register(server: ServerInfo): void {
    const known = this.servers.some(({ id }) => id === server.id);
    this.servers = known
      ? this.servers.map((other) => (other.id === server.id ? server : other))
      : [...this.servers, server];
  }

  unregister(id: string): boolean {
    const before = this.servers.length;
    this.servers = this.servers.filter((server) => server.id !== id);
    return this.servers.length < before;
  }

  get(id: string): ServerInfo | undefined {
    return this.servers.find((server) => server.id === id);
  }

  change(id: string, change: Partial<ServerInfo>): void {
    this.servers = this.servers.map((server) =>
      server.id === id ? { ...server, ...change } : server,
    );
  }

  setMatch(id: string, matchId: string, match: MatchInfo | undefined): void {
    const { [matchId]: _, ...rest } = this.get(id)?.matches ?? {};
    this.change(id, { matches: match === undefined ? rest : { ...rest, [matchId]: match } });
  }

  list(filter: ListFilter): ServerInfo[] {
    return this.servers.filter(
      (server) =>
        (filter.type === undefined || filter.type === server.type) &&
        (filter.mode === undefined || filter.mode === server.mode) &&
        (filter.hasCapacity === undefined ||
          filter.hasCapacity === server.players < server.maxPlayers) &&
        (filter.hasReadyMatch === undefined || filter.hasReadyMatch === hasReadyMatch(server)),
    );
  }

  findLobby(): ServerInfo | undefined {
    return this.list({ type: "lobby", hasCapacity: true })[0];
  }

  findReadyServer(mode: string): ServerInfo | undefined {
    return this.list({ type: "game", mode, hasReadyMatch: true })[0];
  }
}

function hasReadyMatch(server: ServerInfo): boolean {
  return Object.values(server.matches).some((match) => match.status === "ready");
}
