import { createHash } from "node:crypto";
import type { ListFilter, RegistryError, ServerOrder } from "@potassium/core-types";
import { invalidArgument } from "../parse-argument.js";
import { canonical } from "./canonical.js";
import type { ListPlace } from "./list-place.js";

/** What a cursor belongs to: another list has no such place. */
export interface CursorList {
  readonly filter: ListFilter;
  readonly order: ServerOrder;
}

/** The text from which the next page goes on: after this place. */
export function cursorAt(place: ListPlace, { filter, order }: CursorList): string {
  const key = Number.isFinite(place.key) ? place.key : null;
  const parts = [orderText(order), key, place.age, filterText(filter)];
  return Buffer.from(JSON.stringify(parts)).toString("base64url");
}

/**
 * The place after which a page begins.
 *
 * @throws {RegistryError} `INVALID_ARGUMENT` (a cursor of another filter or order, or none at all)
 */
export function placeOfCursor(cursor: string, { filter, order }: CursorList): ListPlace {
  const parts = decoded(cursor);
  if (!Array.isArray(parts) || parts.length !== 4) throw badCursor("was not made by a registry");
  const [text, key, age, listed] = parts as unknown[];
  const isPlace = isNumber(age) && (key === null || isNumber(key));
  if (!isPlace || typeof text !== "string" || typeof listed !== "string") {
    throw badCursor("was not made by a registry");
  }
  if (text !== orderText(order)) throw badCursor("belongs to a list in another order");
  if (listed !== filterText(filter)) throw badCursor("belongs to a list with another filter");
  return { key: key ?? Number.POSITIVE_INFINITY, age };
}

const orderText = (order: ServerOrder): string =>
  typeof order === "string" ? order : `${order.direction} ${order.metadata}`;

/** Short, whatever the filter's size: 72 bits. */
function filterText(filter: ListFilter): string {
  const text = JSON.stringify(canonical(filter));
  if (text === "[]") return "";
  return createHash("sha256").update(text).digest("base64url").slice(0, 12);
}

function decoded(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString());
  } catch {
    return undefined;
  }
}

const isNumber = (value: unknown): value is number => Number.isFinite(value);

const badCursor = (problem: string): RegistryError =>
  invalidArgument(`invalid cursor: ${problem}: begin with the first page`, "cursor");
