import type { ListFilter, MatchInfo, ServerInfo } from "@potassium/core-types";

/** The peer: a Map that is looked through each time, which is what one writes first. It checks and copies nothing. */
export class LinearScan {
  readonly servers = new Map<string, ServerInfo>();

  get(id: string): ServerInfo | undefined {
    return this.servers.get(id);
  }

  findReadyMatch(mode: string, seats: number) {
    for (const server of this.servers.values()) {
      if (server.type !== "game" || server.mode !== mode || server.health !== "healthy") continue;
      for (const [matchId, match] of Object.entries(server.matches)) {
        if (match.status === "ready" && match.need >= seats) return { server, matchId, match };
      }
    }
    return undefined;
  }

  findLobby(seats: number): ServerInfo | undefined {
    for (const server of this.servers.values()) {
      if (server.type === "lobby" && server.maxPlayers - server.players >= seats) return server;
    }
    return undefined;
  }

  list({ type, mode, hasReadyMatch }: ListFilter): ServerInfo[] {
    const listed: ServerInfo[] = [];
    for (const server of this.servers.values()) {
      if (server.type !== type || server.mode !== mode) continue;
      const isReady = Object.values(server.matches).some(
        ({ status, need }) => status === "ready" && need > 0,
      );
      if (isReady === hasReadyMatch) listed.push(server);
    }
    return listed;
  }

  update(id: string, change: Partial<ServerInfo>): void {
    const server = this.servers.get(id);
    if (server !== undefined) this.servers.set(id, { ...server, ...change });
  }

  updateMatch(id: string, matchId: string, match: MatchInfo): void {
    const server = this.servers.get(id);
    if (server === undefined) return;
    this.servers.set(id, { ...server, matches: { ...server.matches, [matchId]: match } });
  }

  /** Takes the seats and gives them back. */
  claimAndRelease(mode: string, seats: number): boolean {
    const found = this.findReadyMatch(mode, seats);
    if (found === undefined) return false;
    const { server, matchId, match } = found;
    this.updateMatch(server.id, matchId, { ...match, need: match.need - seats });
    this.updateMatch(server.id, matchId, match);
    return true;
  }
}
