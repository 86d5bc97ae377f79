import {
  type ListFilter,
  type ListOptions,
  type PageOptions,
  parseInput,
  ServerOrder,
} from "@potassium/core-types";
import { invalidArgument, parseCount } from "./parse-argument.js";
import { placeOfCursor } from "./record/list-cursor.js";
import type { ListPlace } from "./record/list-place.js";

/** What part of a list is asked for, in which order. */
export interface ListWindow {
  readonly order: ServerOrder;
  readonly limit: number;
  /** Only what comes after this place. */
  readonly after?: ListPlace | undefined;
}

const wholeList: ListWindow = { order: "oldest", limit: Number.MAX_SAFE_INTEGER };

export function parseListOptions(options: ListOptions | undefined): ListWindow {
  if (options === undefined) return wholeList;
  const { limit = Number.MAX_SAFE_INTEGER } = options;
  return {
    order: parseOrder(options.order),
    limit: parseCount(limit, "limit", 1, Number.MAX_SAFE_INTEGER),
  };
}

/** @param filter of the list, parsed: a cursor belongs to it. */
export function parsePageOptions(filter: ListFilter, options: PageOptions = {}): ListWindow {
  const order = parseOrder(options.order);
  const { limit: given = 100, cursor } = options;
  const limit = parseCount(given, "limit", 1, 10_000);
  if (cursor === undefined) return { order, limit };
  if (typeof cursor !== "string") {
    throw invalidArgument("invalid cursor: must be the cursor of the page before", "cursor");
  }
  return { order, limit, after: placeOfCursor(cursor, { filter, order }) };
}

function parseOrder(order: unknown): ServerOrder {
  if (order === undefined) return "oldest";
  return parseInput(ServerOrder, order, "order", (message, _, path) =>
    invalidArgument(message, path === "" ? "order" : `order.${path}`),
  );
}
