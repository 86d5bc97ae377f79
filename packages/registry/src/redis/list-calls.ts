import type {
  ListFilter,
  ReadyMatch,
  ServerConditions,
  ServerPage,
  ServerRecord,
} from "@potassium/core-types";
import type { FindQuery } from "../parse-claim.js";
import type { ListWindow } from "../parse-list.js";
import { freeMatchSeats, freeRoom } from "../record/free-seats.js";
import { cursorAt } from "../record/list-cursor.js";
import { comparePlaces, type ListPlace, listPlace } from "../record/list-place.js";
import { matchesFilter, meetsConditions } from "../record/matches-filter.js";
import { scripts } from "./script/script.js";
import type { Entry } from "./stored/entry.js";
import { lobbyNumber, type PlaceName, placeNumber } from "./stored/places.js";
import type { Store } from "./stored/store.js";
import { listTag, lobbyTag, matchTag } from "./stored/tags.js";

const pageSize = 500;
const candidatesAtOnce = 64;

interface Listed {
  readonly server: ServerRecord;
  readonly place: ListPlace;
}

/** An open place that meets all conditions. */
export interface Candidate {
  readonly place: string;
  readonly name: PlaceName;
  readonly server: ServerRecord;
}

/** What looks for servers and places, and changes nothing. */
export class ListCalls {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  async page(filter: ListFilter, window: ListWindow, signal: AbortSignal): Promise<ServerPage> {
    const { order, limit, after } = window;
    const listed: Listed[] = [];
    for await (const each of this.#listed(filter, window, signal)) {
      if (after !== undefined && comparePlaces(each.place, after) <= 0) continue;
      listed.push(each);
      if (order === "oldest" && listed.length > limit) break;
    }
    if (order !== "oldest") listed.sort((a, b) => comparePlaces(a.place, b.place));
    const shown = listed.slice(0, limit);
    const last = shown.at(-1);
    const cursor =
      last && listed.length > limit ? cursorAt(last.place, { filter, order }) : undefined;
    const servers = Object.freeze(shown.map(({ server }) => server));
    return Object.freeze(cursor === undefined ? { servers } : { servers, cursor });
  }

  async findLobby(query: FindQuery, signal: AbortSignal): Promise<ServerRecord | undefined> {
    return (await this.#find(lobbyTag(undefined), query, signal))?.server;
  }

  async findReadyMatch(
    mode: string,
    query: FindQuery,
    signal: AbortSignal,
  ): Promise<ReadyMatch | undefined> {
    const found = await this.#find(matchTag(mode), query, signal);
    const matchId = found?.name.matchId;
    const match = matchId === undefined ? undefined : found?.server.matches[matchId];
    if (found === undefined || matchId === undefined || match === undefined) return undefined;
    return Object.freeze({ server: found.server, matchId, match });
  }

  /** The open places in order that meet the conditions, a page at a time: many of them may be empty. */
  async *candidates(
    tag: string,
    { seats, order, where = {} }: FindQuery,
    signal: AbortSignal,
  ): AsyncGenerator<readonly Candidate[]> {
    let after = "";
    do {
      const args = [tag, seats, order, after, candidatesAtOnce];
      const [, last = "", ...rows] = await this.#store.namespace.run(scripts.candidates, args, {
        signal,
      });
      const page: Candidate[] = [];
      for (let row = 0; row < rows.length; row += 3) {
        const { server } = this.#store.entry(rows[row + 2] ?? "");
        if (!meetsConditions(server, where)) continue;
        page.push({ place: rows[row] ?? "", name: nameOf(rows[row + 1]), server });
      }
      yield page;
      after = last;
    } while (after !== "");
  }

  async #find(tag: string, query: FindQuery, signal: AbortSignal) {
    if (hasConditions(query.where)) {
      for await (const [first] of this.candidates(tag, query, signal)) {
        if (first !== undefined) return first;
      }
      return undefined;
    }
    const args = [tag, query.seats, query.order];
    const [word, name, text = ""] = await this.#store.namespace.run(scripts.find, args, { signal });
    if (word === "none") return undefined;
    return { name: nameOf(name), server: this.#store.entry(text).server };
  }

  /** The servers for which the filter holds, by age. */
  async *#listed(
    filter: ListFilter,
    { order, after, limit }: ListWindow,
    signal: AbortSignal,
  ): AsyncGenerator<Listed> {
    const tag = listTag(filter.type, filter.mode);
    // Only by age does the place say where to go on.
    let from = order === "oldest" && after !== undefined ? String(after.age).padStart(14, "0") : "";
    const size = order === "oldest" ? Math.min(pageSize, limit + 1) : pageSize;
    for (;;) {
      const args = [tag, from, size];
      const [, ...rows] = await this.#store.namespace.run(scripts.list, args, { signal });
      for (let row = 0; row < rows.length; row += 2) {
        const entry = this.#store.entry(rows[row] ?? "");
        from = entry.order;
        const held = heldSeats(rows[row + 1] ?? "");
        const { server } = entry;
        const room = freeRoom(server, held.get(lobbyNumber) ?? 0);
        if (!matchesFilter(server, { room, matchSeats: mostSeats(entry, held) }, filter)) continue;
        yield { server, place: listPlace(server, Number(entry.order), room, order) };
      }
      if (rows.length < size * 2) return;
    }
  }
}

export function hasConditions(where: ServerConditions | undefined): boolean {
  return Object.values(where ?? {}).some((condition) => condition !== undefined);
}

export const nameOf = (json = "{}"): PlaceName => JSON.parse(json) as PlaceName;

function heldSeats(text: string): ReadonlyMap<string, number> {
  if (text === "") return new Map();
  return new Map(
    text.split(",").map((each) => {
      const [number = "", seats] = each.split(":");
      return [number, Number(seats)];
    }),
  );
}

function mostSeats({ server, matchNumbers }: Entry, held: ReadonlyMap<string, number>): number {
  let most = 0;
  for (const [id, number] of matchNumbers) {
    const match = server.matches[id];
    if (match === undefined) continue;
    most = Math.max(most, freeMatchSeats(match, held.get(placeNumber(number)) ?? 0));
  }
  return most;
}
