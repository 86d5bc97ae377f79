import type { Route, RouteTable } from "@potassium/core-types";
import { checkedFunction } from "../option/checked-function.js";
import { checkedTable } from "./checked-table.js";
import { isKept } from "./is-kept.js";

/** A change that makes one table of routes more like another. */
export type RouteChange =
  | { readonly action: "add"; readonly playerIp: string; readonly backend: string }
  | {
      readonly action: "change";
      readonly playerIp: string;
      readonly backend: string;
      /** The backend before. */
      readonly previous: string;
    }
  | { readonly action: "delete"; readonly playerIp: string; readonly previous: string };

/** What tells a table of routes from the one that is wanted. */
export interface RouteDifference {
  /** What is to be done: routes to add and to change first, then those to delete. */
  readonly changes: readonly RouteChange[];
  /** Routes that are right already. */
  readonly unchanged: readonly Route[];
  /** Routes that are not wanted and stay because `keep` said so. */
  readonly kept: readonly Route[];
}

/**
 * Says of a route that is not wanted whether it stays: because it is another orchestrator's, say. It
 * answers true or false at once; an async function is refused.
 */
export type KeepRoute = (playerIp: string, backend: string) => boolean;

/**
 * What turns `actual` into `desired`. The addresses of both are canonical.
 *
 * @throws {RelayError} `INVALID_ARGUMENT` where a table is no plain object, or `keep` no function that
 *   answers true or false.
 */
export function routeDifference(
  desired: RouteTable,
  actual: RouteTable,
  keep: KeepRoute = () => false,
): RouteDifference {
  const changes: RouteChange[] = [];
  const unchanged: Route[] = [];
  const kept: Route[] = [];
  checkedFunction(keep, "keep");
  for (const [playerIp, backend] of Object.entries(checkedTable(desired, "desired"))) {
    const previous = Object.hasOwn(actual, playerIp) ? actual[playerIp] : undefined;
    if (previous === undefined) changes.push({ action: "add", playerIp, backend });
    else if (previous === backend) unchanged.push({ playerIp, backend });
    else changes.push({ action: "change", playerIp, backend, previous });
  }
  for (const [playerIp, previous] of Object.entries(checkedTable(actual, "actual"))) {
    if (Object.hasOwn(desired, playerIp)) continue;
    if (isKept(keep, playerIp, previous)) kept.push({ playerIp, backend: previous });
    else changes.push({ action: "delete", playerIp, previous });
  }
  for (const item of [...changes, ...unchanged, ...kept]) Object.freeze(item);
  return Object.freeze({
    changes: Object.freeze(changes),
    unchanged: Object.freeze(unchanged),
    kept: Object.freeze(kept),
  });
}
