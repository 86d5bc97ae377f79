import type { AbortOptions, RelayError, Route } from "@potassium/core-types";
import type { RouteChange } from "./route-difference.js";

/** How one of many changes ended. */
export type ChangeState =
  | { readonly state: "done" }
  /** The relay refused it, or could not be reached: then it may have taken effect all the same. */
  | { readonly state: "failed"; readonly error: RelayError };

/** What became of one route of `setRoutes`. */
export type SetRouteResult = Route & ChangeState;

/** What became of one route of `deleteRoutes`. */
export type DeleteRouteResult = { readonly playerIp: string } & ChangeState;

/** What became of one change of `sync`. */
export type RouteChangeResult = RouteChange & ChangeState;

/** Options of the calls that make many changes. */
export interface ManyOptions<Result> extends AbortOptions {
  /**
   * Told of each result as it comes, in any order. After an abort, those that it was told of are known,
   * those in flight may have taken effect, and the rest was not sent.
   */
  readonly onResult?: ((result: Result) => void) | undefined;
}
