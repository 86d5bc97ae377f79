import type { Ordered, SortedEntries } from "./sorted-entries.js";

/** The entries of several lists as of one, in order, from after `after` on. No entry may be in two of them. */
export function* mergedEntries<Entry extends Ordered>(
  lists: readonly SortedEntries<Entry>[],
  after?: number,
): Generator<Entry, void, undefined> {
  let cursors = lists
    .map((list) => list.cursor(after))
    .filter(({ current }) => current !== undefined);
  while (cursors.length > 0) {
    let [first] = cursors;
    for (const cursor of cursors) {
      if (orderOf(cursor.current) < orderOf(first?.current)) first = cursor;
    }
    const entry = first?.current;
    if (first === undefined || entry === undefined) return;
    first.advance();
    if (first.current === undefined) cursors = cursors.filter((cursor) => cursor !== first);
    yield entry;
  }
}

const orderOf = (entry: Ordered | undefined): number => entry?.order ?? Number.POSITIVE_INFINITY;
