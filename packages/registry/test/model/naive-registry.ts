import type { ListFilter, MatchInfo, SeatOrder, ServerInfo } from "@potassium/core-types";

export interface NaiveServer {
  info: ServerInfo;
  /** Ids of the matches in the order in which they were added. */
  matchIds: string[];
  draining: boolean;
  ttlMs: number | undefined;
  /** When the last heartbeat came. */
  seenAtMs: number;
}

export interface NaiveLease {
  readonly id: string;
  readonly serverId: string;
  readonly matchId: string | undefined;
  readonly seats: number;
  readonly party: readonly string[];
  readonly key: string | undefined;
  readonly request: string;
  ttlMs: number;
  expiresAtMs: number;
  state: "held" | "confirmed";
}

export const graceMs = 50;

/** What the registry must do, said as plainly as can be: arrays, looked through each time. */
export class NaiveRegistry {
  servers: NaiveServer[] = [];
  leases: NaiveLease[] = [];
  nowMs = 1_000_000;

  advance(ms: number): void {
    this.nowMs += ms;
    this.leases = this.leases.filter(({ expiresAtMs }) => expiresAtMs > this.nowMs);
    for (const server of [...this.servers]) {
      const { ttlMs, seenAtMs, info } = server;
      if (ttlMs !== undefined && seenAtMs + ttlMs + graceMs <= this.nowMs) this.unregister(info.id);
    }
  }

  availability({ ttlMs, seenAtMs, draining }: NaiveServer): string {
    if (ttlMs !== undefined && seenAtMs + ttlMs <= this.nowMs) return "expired";
    return draining ? "draining" : "available";
  }

  find(id: string): NaiveServer | undefined {
    return this.servers.find(({ info }) => info.id === id);
  }

  register(info: ServerInfo, ttlMs: number | undefined, keep: boolean): void {
    const known = this.find(info.id);
    if (known === undefined) {
      const matchIds = Object.keys(info.matches);
      this.servers.push({ info, matchIds, draining: false, ttlMs, seenAtMs: this.nowMs });
      return;
    }
    const matches = keep ? { ...known.info.matches, ...info.matches } : info.matches;
    this.put(known, { ...info, matches });
    Object.assign(known, { ttlMs, seenAtMs: this.nowMs });
  }

  unregister(id: string): boolean {
    const before = this.servers.length;
    this.servers = this.servers.filter(({ info }) => info.id !== id);
    this.leases = this.leases.filter(({ serverId }) => serverId !== id);
    return this.servers.length < before;
  }

  put(server: NaiveServer, info: ServerInfo): void {
    const kept = server.matchIds.filter((id) => id in info.matches);
    const added = Object.keys(info.matches).filter((id) => !kept.includes(id));
    server.matchIds = [...kept, ...added];
    server.info = info;
    this.leases = this.leases.filter(
      ({ serverId, matchId }) =>
        serverId !== info.id || matchId === undefined || matchId in info.matches,
    );
  }

  setMatch(server: NaiveServer, matchId: string, match: MatchInfo | undefined): void {
    const { [matchId]: _, ...rest } = server.info.matches;
    const matches = match === undefined ? rest : { ...rest, [matchId]: match };
    this.put(server, { ...server.info, matches });
  }

  held(serverId: string, matchId?: string): number {
    return this.leases
      .filter((lease) => lease.serverId === serverId && lease.matchId === matchId)
      .filter(({ state }) => state === "held")
      .reduce((sum, { seats }) => sum + seats, 0);
  }

  room({ info }: NaiveServer): number {
    return Math.max(0, info.maxPlayers - info.players - this.held(info.id));
  }

  matchSeats({ info }: NaiveServer, matchId: string): number {
    const match = info.matches[matchId];
    if (match?.status !== "ready") return 0;
    return Math.max(0, match.need - this.held(info.id, matchId));
  }

  /** What a drain comes to that does not wait. */
  drainState(server: NaiveServer): string {
    if (this.availability(server) === "expired") return "gone";
    const { id, players, matches } = server.info;
    const isHeld = this.leases.some((lease) => lease.serverId === id && lease.state === "held");
    const isPlayed = Object.values(matches).some(
      (match) => match.status === "busy" || match.players.length > 0,
    );
    return players > 0 || isHeld || isPlayed ? "deadline" : "drained";
  }

  list(filter: ListFilter): NaiveServer[] {
    return this.servers.filter((server) => {
      const { info } = server;
      const seats = Math.max(0, ...server.matchIds.map((id) => this.matchSeats(server, id)));
      const availability = this.availability(server);
      return (
        (filter.type === undefined || filter.type === info.type) &&
        (filter.mode === undefined || filter.mode === info.mode) &&
        (filter.health === undefined || filter.health === info.health) &&
        (filter.availability === undefined
          ? availability !== "expired"
          : availability === filter.availability) &&
        (filter.hasCapacity === undefined || filter.hasCapacity === this.room(server) > 0) &&
        (filter.minFreeSeats === undefined || this.room(server) >= filter.minFreeSeats) &&
        (filter.hasReadyMatch === undefined || filter.hasReadyMatch === seats > 0) &&
        (filter.minMatchSeats === undefined || seats >= filter.minMatchSeats) &&
        Object.entries(filter.metadata ?? {}).every(([key, text]) => info.metadata[key] === text)
      );
    });
  }

  findLobby(seats: number, order: SeatOrder, where: ListFilter, mode?: string) {
    const open = this.list({ ...where, ...(mode === undefined ? {} : { mode }), ...lobbies });
    return ordered(open, (server) => this.room(server), order).find(
      (server) => this.room(server) >= seats,
    );
  }

  findMatch(mode: string, seats: number, order: SeatOrder, where: ListFilter) {
    const matches = this.list({ ...where, mode, ...games })
      .flatMap((server) => server.matchIds.map((matchId) => ({ server, matchId })))
      .filter(({ server, matchId }) => this.matchSeats(server, matchId) >= seats);
    return ordered(matches, (each) => this.matchSeats(each.server, each.matchId), order)[0];
  }
}

const open = { availability: "available", health: "healthy" } as const;
const lobbies = { ...open, type: "lobby" } as const;
const games = { ...open, type: "game" } as const;

function ordered<T>(places: readonly T[], free: (place: T) => number, order: SeatOrder): T[] {
  if (order === "oldest") return [...places];
  const sign = order === "fullest" ? 1 : -1;
  return places.filter((place) => free(place) > 0).sort((a, b) => sign * (free(a) - free(b)));
}
