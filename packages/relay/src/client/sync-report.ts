import type { KeepRoute, RouteDifference } from "./route-difference.js";
import type { ManyOptions, RouteChangeResult } from "./route-result.js";

export interface SyncOptions extends ManyOptions<RouteChangeResult> {
  /** Only tells what would be changed. @default false */
  readonly dryRun?: boolean | undefined;
  /**
   * Asked about each route that the relay has and that is not desired; `true` leaves it alone.
   * @default every such route is deleted
   */
  readonly keep?: KeepRoute | undefined;
}

/** What `sync` found and did. */
export interface SyncReport extends RouteDifference {
  /** What became of each of the `changes`, in their order; empty after a dry run. */
  readonly results: readonly RouteChangeResult[];
}
