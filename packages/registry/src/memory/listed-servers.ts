import type { ListFilter, ServerPage, ServerRecord } from "@potassium/core-types";
import type { ListWindow } from "../parse-list.js";
import { freeRoom } from "../record/free-seats.js";
import { cursorAt } from "../record/list-cursor.js";
import { comparePlaces, listPlace } from "../record/list-place.js";
import type { ServerEntry } from "./entry.js";
import type { ListIndex } from "./list-index.js";

/** The servers for which the filter holds, in the order asked for, up to the limit. Frozen. */
export function listServers(
  lists: ListIndex,
  filter: ListFilter,
  window: ListWindow,
): readonly ServerRecord[] {
  return Object.freeze(entriesIn(lists, filter, window).map(({ server }) => server));
}

/** A part of such a list, with the cursor of the next. Frozen. */
export function pageOfServers(
  lists: ListIndex,
  filter: ListFilter,
  window: ListWindow,
): ServerPage {
  const { order, limit } = window;
  const entries = entriesIn(lists, filter, { ...window, limit: limit + 1 });
  const servers = Object.freeze(entries.slice(0, limit).map(({ server }) => server));
  const last = entries[limit - 1];
  if (entries.length <= limit || last === undefined) return Object.freeze({ servers });
  return Object.freeze({ servers, cursor: cursorAt(placeOf(last, order), { filter, order }) });
}

function entriesIn(
  lists: ListIndex,
  filter: ListFilter,
  { order, limit, after }: ListWindow,
): ServerEntry[] {
  const entries: ServerEntry[] = [];
  if (order === "oldest") {
    for (const entry of lists.matching(filter, after?.age)) {
      if (entries.length >= limit) break;
      entries.push(entry);
    }
    return entries;
  }
  const placed = Array.from(lists.matching(filter), (entry) => ({
    entry,
    place: placeOf(entry, order),
  }));
  return placed
    .filter(({ place }) => after === undefined || comparePlaces(place, after) > 0)
    .sort((a, b) => comparePlaces(a.place, b.place))
    .slice(0, limit)
    .map(({ entry }) => entry);
}

function placeOf(entry: ServerEntry, order: ListWindow["order"]) {
  return listPlace(entry.server, entry.order, freeRoom(entry.server, entry.heldPlaces), order);
}
