import type { ListFilter, ServerInfo } from "@potassium/core-types";
import type { Entry, Traits } from "./entry.js";
import { SortedEntries } from "./sorted-entries.js";

/** The servers of one type and mode, or of any where those are left out. */
interface Group {
  readonly all: SortedEntries;
  readonly withCapacity: SortedEntries;
  readonly withReadyMatch: SortedEntries;
}

type Mode = string | undefined;
type Type = ServerInfo["type"] | undefined;

/**
 * Servers by type, mode, room and ready matches, each in the order of registration, so that a find
 * costs the same in a registry of any size, and a list as much as its answer.
 */
export class ServerIndex {
  readonly #groups = new Map<Type, Map<Mode, Group>>();

  add(entry: Entry): void {
    const { type, mode } = entry.traits;
    for (const group of this.#groupsFor(type, mode)) {
      group.all.add(entry);
      if (entry.traits.hasCapacity) group.withCapacity.add(entry);
      if (entry.traits.readyMatchId !== undefined) group.withReadyMatch.add(entry);
    }
  }

  remove(entry: Entry): void {
    const { type, mode } = entry.traits;
    for (const group of this.#groupsFor(type, mode)) {
      group.all.remove(entry);
      if (entry.traits.hasCapacity) group.withCapacity.remove(entry);
      if (entry.traits.readyMatchId !== undefined) group.withReadyMatch.remove(entry);
    }
    this.#dropEmptyGroups(type, mode);
  }

  /** Moves an entry to where its new traits belong, and gives it them. */
  move(entry: Entry, traits: Traits): void {
    const before = entry.traits;
    if (before.type !== traits.type || before.mode !== traits.mode) {
      this.remove(entry);
      entry.traits = traits;
      this.add(entry);
      return;
    }
    const isReady = traits.readyMatchId !== undefined;
    const capacityChanged = before.hasCapacity !== traits.hasCapacity;
    const readyChanged = (before.readyMatchId !== undefined) !== isReady;
    entry.traits = traits;
    if (!capacityChanged && !readyChanged) return;
    for (const group of this.#groupsFor(traits.type, traits.mode)) {
      if (capacityChanged) put(group.withCapacity, entry, traits.hasCapacity);
      if (readyChanged) put(group.withReadyMatch, entry, isReady);
    }
  }

  /** The entries for which the filter holds, in order. */
  *matching(filter: ListFilter): Generator<Entry> {
    const group = this.#groups.get(filter.type)?.get(filter.mode);
    if (group === undefined) return;
    for (const entry of smallestFor(group, filter)) {
      if (fits(entry.traits, filter)) yield entry;
    }
  }

  firstLobbyWithCapacity(): Entry | undefined {
    return this.#groups.get("lobby")?.get(undefined)?.withCapacity.first;
  }

  firstGameWithReadyMatch(mode: string): Entry | undefined {
    return this.#groups.get("game")?.get(mode)?.withReadyMatch.first;
  }

  /** The four groups that a server of this type and mode is in; they are made where they aren't there. */
  #groupsFor(type: Type, mode: Mode): Group[] {
    const groups: Group[] = [];
    for (const typeKey of [type, undefined]) {
      const byMode = this.#groups.get(typeKey) ?? new Map<Mode, Group>();
      this.#groups.set(typeKey, byMode);
      for (const modeKey of [mode, undefined]) {
        const group = byMode.get(modeKey) ?? newGroup();
        byMode.set(modeKey, group);
        groups.push(group);
      }
    }
    return groups;
  }

  /** Modes come and go, and must not pile up. */
  #dropEmptyGroups(type: Type, mode: Mode): void {
    for (const typeKey of [type, undefined]) {
      const byMode = this.#groups.get(typeKey);
      for (const modeKey of [mode, undefined]) {
        if (byMode?.get(modeKey)?.all.size === 0) byMode.delete(modeKey);
      }
    }
  }
}

function newGroup(): Group {
  return {
    all: new SortedEntries(),
    withCapacity: new SortedEntries(),
    withReadyMatch: new SortedEntries(),
  };
}

function put(entries: SortedEntries, entry: Entry, belongs: boolean): void {
  if (belongs) entries.add(entry);
  else entries.remove(entry);
}

/** Of the group's lists that hold all answers, the shortest. */
function smallestFor(group: Group, { hasCapacity, hasReadyMatch }: ListFilter): SortedEntries {
  const lists = [group.all];
  if (hasCapacity === true) lists.push(group.withCapacity);
  if (hasReadyMatch === true) lists.push(group.withReadyMatch);
  return lists.reduce((best, list) => (list.size < best.size ? list : best));
}

function fits(traits: Traits, { hasCapacity, hasReadyMatch }: ListFilter): boolean {
  return (
    (hasCapacity === undefined || traits.hasCapacity === hasCapacity) &&
    (hasReadyMatch === undefined || (traits.readyMatchId !== undefined) === hasReadyMatch)
  );
}
