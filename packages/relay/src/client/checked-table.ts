import { RelayError, type RouteTable } from "@potassium/core-types";
import { kindOf } from "../option/kind-of.js";

/**
 * A table of routes as it was given. A `Map`, a promise or a list has no keys of its own: taken for a
 * table it would be an empty one, and an empty table deletes every route.
 *
 * @throws {RelayError} `INVALID_ARGUMENT` with `field` where it is no plain object.
 */
export function checkedTable(table: RouteTable, field: string): RouteTable {
  if (isPlainObject(table)) return table;
  const message = `invalid ${field}: must be an object { playerIp: backend }, not ${kindOf(table)}; of a Map, Object.fromEntries(map) makes one`;
  throw new RelayError("INVALID_ARGUMENT", message, { field });
}

function isPlainObject(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
