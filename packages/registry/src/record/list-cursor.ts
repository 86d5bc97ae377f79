import type { RegistryError, ServerOrder } from "@potassium/core-types";
import { invalidArgument } from "../parse-argument.js";
import type { ListPlace } from "./list-place.js";

/** The text from which the next page goes on: after this place. */
export function cursorAt(place: ListPlace, order: ServerOrder): string {
  const key = Number.isFinite(place.key) ? place.key : null;
  return Buffer.from(JSON.stringify([orderText(order), key, place.age])).toString("base64url");
}

/**
 * The place after which a page begins.
 *
 * @throws {RegistryError} `INVALID_ARGUMENT` (a cursor of another order, or none at all)
 */
export function placeOfCursor(cursor: string, order: ServerOrder): ListPlace {
  const parts = decoded(cursor);
  if (!Array.isArray(parts) || parts.length !== 3) throw badCursor("was not made by a registry");
  const [text, key, age] = parts as unknown[];
  if (typeof text !== "string" || !isNumber(age) || !(key === null || isNumber(key))) {
    throw badCursor("was not made by a registry");
  }
  if (text !== orderText(order)) throw badCursor("belongs to a list in another order");
  return { key: key ?? Number.POSITIVE_INFINITY, age };
}

const orderText = (order: ServerOrder): string =>
  typeof order === "string" ? order : `${order.direction} ${order.metadata}`;

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
