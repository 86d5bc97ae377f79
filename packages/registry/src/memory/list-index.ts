import type { ListFilter, ServerRecord } from "@potassium/core-types";
import { freeRoom } from "../record/free-seats.js";
import { matchesFilter } from "../record/matches-filter.js";
import type { ServerEntry } from "./entry.js";
import { mergedEntries } from "./merged-entries.js";
import { SortedEntries } from "./sorted-entries.js";

/** What lists go by. */
export interface ServerTraits {
  readonly type: ServerRecord["type"];
  readonly mode: string;
  readonly availability: ServerRecord["availability"];
  readonly hasCapacity: boolean;
  readonly hasReadyMatch: boolean;
}

type Servers = SortedEntries<ServerEntry>;
/** Each server of one type, or of one type and mode, by its room and its ready matches: in exactly one of four. */
type Quarters = readonly [Servers, Servers, Servers, Servers];

const types = ["lobby", "game"] as const;
const flags = [false, true] as const;

/**
 * Servers by type, mode, room and ready matches, each in the order of registration, so that a list costs as much as its
 * answer. The expired are apart; the draining are where the others are, and once more for themselves.
 */
export class ListIndex {
  readonly #byType = { lobby: quarters(), game: quarters() };
  readonly #byMode = { lobby: new Map<string, Quarters>(), game: new Map<string, Quarters>() };
  readonly #draining: Servers = new SortedEntries();
  readonly #expired: Servers = new SortedEntries();

  /** Puts a server where it now belongs. */
  update(entry: ServerEntry): void {
    const { type, mode, availability } = entry.server;
    const hasCapacity = freeRoom(entry.server, entry.heldPlaces) > 0;
    const hasReadyMatch = entry.readyMatches > 0;
    const before = entry.listed;
    if (
      before?.hasReadyMatch === hasReadyMatch &&
      before.hasCapacity === hasCapacity &&
      before.availability === availability &&
      before.type === type &&
      before.mode === mode
    ) {
      return;
    }
    this.remove(entry);
    const traits = { type, mode, availability, hasCapacity, hasReadyMatch };
    entry.listed = traits;
    for (const list of this.#listsOf(traits)) list.add(entry);
  }

  remove(entry: ServerEntry): void {
    const traits = entry.listed;
    if (traits === undefined) return;
    entry.listed = undefined;
    for (const list of this.#listsOf(traits)) list.remove(entry);
    const { type, mode } = traits;
    // Modes come and go, and must not pile up.
    const ofMode = this.#byMode[type].get(mode);
    if (ofMode?.every(({ size }) => size === 0)) this.#byMode[type].delete(mode);
  }

  /** The servers for which the filter holds, by age. @param after only younger ones. */
  *matching(filter: ListFilter, after?: number): Generator<ServerEntry, void, undefined> {
    const narrow = filter.minMatchSeats !== undefined;
    for (const entry of mergedEntries(this.#candidates(filter), after)) {
      const room = freeRoom(entry.server, entry.heldPlaces);
      const matchSeats = narrow ? mostMatchSeats(entry) : Math.min(1, entry.readyMatches);
      if (matchesFilter(entry.server, { room, matchSeats }, filter)) yield entry;
    }
  }

  #candidates(filter: ListFilter): Servers[] {
    const { type, mode, availability, minFreeSeats = 0, minMatchSeats = 0 } = filter;
    if (availability === "expired") return [this.#expired];
    if (availability === "draining") return [this.#draining];
    const hasCapacity = minFreeSeats > 0 ? true : filter.hasCapacity;
    const hasReadyMatch = minMatchSeats > 0 ? true : filter.hasReadyMatch;
    const lists: Servers[] = [];
    for (const each of types) {
      if (type !== undefined && type !== each) continue;
      const group = mode === undefined ? this.#byType[each] : this.#byMode[each].get(mode);
      if (group === undefined) continue;
      for (const capacity of flags) {
        if (hasCapacity !== undefined && hasCapacity !== capacity) continue;
        for (const ready of flags) {
          if (hasReadyMatch !== undefined && hasReadyMatch !== ready) continue;
          const list = quarter(group, capacity, ready);
          if (list.size > 0) lists.push(list);
        }
      }
    }
    return lists;
  }

  #listsOf({ type, mode, availability, hasCapacity, hasReadyMatch }: ServerTraits): Servers[] {
    if (availability === "expired") return [this.#expired];
    let ofMode = this.#byMode[type].get(mode);
    if (ofMode === undefined) {
      ofMode = quarters();
      this.#byMode[type].set(mode, ofMode);
    }
    const lists = [
      quarter(this.#byType[type], hasCapacity, hasReadyMatch),
      quarter(ofMode, hasCapacity, hasReadyMatch),
    ];
    if (availability === "draining") lists.push(this.#draining);
    return lists;
  }
}

function quarters(): Quarters {
  return [new SortedEntries(), new SortedEntries(), new SortedEntries(), new SortedEntries()];
}

function quarter(group: Quarters, hasCapacity: boolean, hasReadyMatch: boolean): Servers {
  const [neither, ready, capacity, both] = group;
  if (hasCapacity) return hasReadyMatch ? both : capacity;
  return hasReadyMatch ? ready : neither;
}

function mostMatchSeats(entry: ServerEntry): number {
  let most = 0;
  for (const { free } of entry.matches.values()) most = Math.max(most, free);
  return most;
}
