import type { OldViews } from "../../src/match/match-segment.js";
import { PagedView } from "../../src/match/paged-view.js";

/** What a page has. */
export const pageBytes = 2 ** 14;

/** A view that reads pages of an old file in memory. */
export const pagedView = (old: Uint8Array, pages = 1): PagedView =>
  new PagedView(
    old.length,
    (position, target) => target.set(old.subarray(position, position + target.length)),
    pages * pageBytes,
  );

export const pagedViews = (old: Uint8Array, pages = 1): OldViews => ({
  present: pagedView(old, pages),
  other: pagedView(old, pages),
});
