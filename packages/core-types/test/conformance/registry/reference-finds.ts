import { isDeepStrictEqual } from "node:util";
import * as z from "zod/mini";
import type {
  FindOptions,
  ListFilter,
  ListOptions,
  MatchInfo,
  PageOptions,
  ReadyMatch,
  SeatOrder,
  ServerConditions,
  ServerOrder,
  ServerPage,
  ServerRecord,
} from "../../../src/index.js";
import {
  invalid,
  parse,
  parseFilter,
  parseFindOptions,
  parseOptions,
} from "./reference-arguments.js";
import { ReferenceRecords } from "./reference-records.js";

/** Where seats are free: on a lobby, or in a match. */
export interface FreePlace {
  readonly server: ServerRecord;
  readonly matchId?: string;
  readonly match?: MatchInfo;
  readonly free: number;
}

type SortKey = readonly [number, number];

/** Lists and finds: one look at each server. */
export class ReferenceFinds extends ReferenceRecords {
  async list(filter: ListFilter = {}, options?: ListOptions): Promise<readonly ServerRecord[]> {
    this.begin(options, "order", "limit");
    const given = parseFilter(filter);
    const { order, limit } = parseOptions(options);
    return Object.freeze(this.sorted(given, order).slice(0, limit));
  }

  async page(filter: ListFilter = {}, options?: PageOptions): Promise<ServerPage> {
    this.begin(options, "order", "limit", "cursor");
    const given = parseFilter(filter);
    const { order, limit = 100, cursor } = parseOptions(options);
    const after = cursor === undefined ? undefined : this.readCursor(cursor, given, order);
    const rest = this.sorted(given, order).filter(
      (server) => after === undefined || compare(this.sortKey(server, order), after) > 0,
    );
    const servers = Object.freeze(rest.slice(0, limit));
    const last = servers.at(-1);
    if (last === undefined || rest.length <= limit) return Object.freeze({ servers });
    return Object.freeze({ servers, cursor: this.writeCursor(last, given, order) });
  }

  async findLobby(options?: FindOptions): Promise<ServerRecord | undefined> {
    this.begin(options, "seats", "order", "where");
    const { seats, order, where } = parseFindOptions(options);
    return this.choose(this.freeLobbies(undefined, where), seats, order)?.server;
  }

  async findReadyMatch(mode: string, options?: FindOptions): Promise<ReadyMatch | undefined> {
    this.begin(options, "seats", "order", "where");
    if (typeof mode !== "string") throw invalid("mode: must be a string", "mode");
    const { seats, order, where } = parseFindOptions(options);
    const found = this.choose(this.freeMatches(mode, where), seats, order);
    if (found?.match === undefined || found.matchId === undefined) return undefined;
    return Object.freeze({ server: found.server, matchId: found.matchId, match: found.match });
  }

  protected all(): ServerRecord[] {
    return [...this.servers.values()].flatMap(({ record }) => record ?? []);
  }

  /** The place with enough seats that comes first in the order. */
  protected choose(
    places: readonly FreePlace[],
    seats: number,
    order: SeatOrder,
  ): FreePlace | undefined {
    const direction = { oldest: 0, fullest: 1, emptiest: -1 }[order];
    return places
      .filter(({ free }) => free >= seats)
      .sort((a, b) => (a.free - b.free) * direction)
      .at(0);
  }

  protected freeMatches(mode: string, where: ServerConditions): FreePlace[] {
    return this.all()
      .filter((server) => server.type === "game" && server.mode === mode)
      .filter((server) => this.takesPlayers(server) && this.fits(server, where))
      .flatMap((server) =>
        Object.entries(server.matches)
          .filter(([, match]) => match.status === "ready")
          .map(([id, match]) => ({
            server,
            matchId: id,
            match,
            free: this.freeSeats(server.id, id, match),
          })),
      );
  }

  protected freeLobbies(mode: string | undefined, where: ServerConditions): FreePlace[] {
    return this.all()
      .filter((server) => server.type === "lobby" && (mode === undefined || server.mode === mode))
      .filter((server) => this.takesPlayers(server) && this.fits(server, where))
      .map((server) => ({ server, free: this.room(server) }));
  }

  protected takesPlayers({ availability, health }: ServerRecord): boolean {
    return availability === "available" && health === "healthy";
  }

  protected heldSeats(serverId: string, matchId: string | undefined): number {
    return [...this.leases.values()]
      .filter(({ lease }) => lease.state === "held")
      .filter(({ lease }) => lease.serverId === serverId && lease.matchId === matchId)
      .reduce((sum, { lease }) => sum + lease.seats, 0);
  }

  protected freeSeats(serverId: string, matchId: string, match: MatchInfo): number {
    return Math.max(0, match.need - this.heldSeats(serverId, matchId));
  }

  protected room({ id, players, maxPlayers }: ServerRecord): number {
    return Math.max(0, maxPlayers - players - this.heldSeats(id, undefined));
  }

  protected fits(server: ServerRecord, filter: ListFilter): boolean {
    const { type, mode, host, health, availability, hasCapacity, hasReadyMatch } = filter;
    const { minFreeSeats = 0, minMatchSeats = 0 } = filter;
    const room = this.room(server);
    const matchSeats = Object.entries(server.matches).map(([id, match]) =>
      match.status === "ready" ? this.freeSeats(server.id, id, match) : 0,
    );
    const mostSeats = Math.max(0, ...matchSeats);
    return (
      (type === undefined || server.type === type) &&
      (mode === undefined || server.mode === mode) &&
      (host === undefined || server.host === host) &&
      (health === undefined || server.health === health) &&
      (availability === undefined
        ? server.availability !== "expired"
        : server.availability === availability) &&
      holds(server.labels, filter.labels) &&
      holds(server.metadata, filter.metadata) &&
      (hasCapacity === undefined || room > 0 === hasCapacity) &&
      room >= minFreeSeats &&
      (hasReadyMatch === undefined || mostSeats > 0 === hasReadyMatch) &&
      mostSeats >= minMatchSeats
    );
  }

  protected sorted(filter: ListFilter, order: ServerOrder): ServerRecord[] {
    return this.all()
      .filter((server) => this.fits(server, filter))
      .sort((a, b) => compare(this.sortKey(a, order), this.sortKey(b, order)));
  }

  protected sortKey(server: ServerRecord, order: ServerOrder): SortKey {
    const place = this.servers.get(server.id)?.place ?? 0;
    if (order === "oldest") return [0, place];
    if (order === "fullest") return [this.room(server), place];
    if (order === "emptiest") return [-this.room(server), place];
    const text = Object.hasOwn(server.metadata, order.metadata)
      ? (server.metadata[order.metadata] ?? "")
      : "";
    const number = text.trim() === "" ? Number.NaN : Number(text);
    if (!Number.isFinite(number)) return [Number.MAX_VALUE, place];
    return [order.direction === "ascending" ? number : -number, place];
  }

  protected writeCursor(last: ServerRecord, filter: ListFilter, order: ServerOrder): string {
    return JSON.stringify({ filter, order, after: this.sortKey(last, order) });
  }

  protected isOfList(
    cursor: { readonly filter?: unknown; readonly order?: unknown },
    { filter, order }: { readonly filter: ListFilter; readonly order: ServerOrder },
  ): boolean {
    const list = JSON.parse(JSON.stringify({ filter, order }));
    return isDeepStrictEqual({ filter: cursor.filter, order: cursor.order }, list);
  }

  private readCursor(cursor: string, filter: ListFilter, order: ServerOrder): SortKey {
    const Cursor = z.object({
      filter: z.unknown(),
      order: z.unknown(),
      after: z.tuple([z.number(), z.number()]),
    });
    let read: z.infer<typeof Cursor>;
    try {
      read = parse(Cursor, JSON.parse(cursor), "cursor");
    } catch {
      throw invalid("the cursor is none of this registry's", "cursor");
    }
    if (this.isOfList(read, { filter, order })) return read.after;
    throw invalid("the cursor is of another list", "cursor");
  }
}

function compare(a: SortKey, b: SortKey): number {
  return a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] - b[1];
}

function holds(texts: Readonly<Record<string, string>>, wanted: typeof texts = {}): boolean {
  return Object.entries(wanted).every(
    ([key, text]) => Object.hasOwn(texts, key) && texts[key] === text,
  );
}
