export { RelayClient } from "./client/relay-client.js";
export type { RelayClientOptions } from "./client/relay-client-options.js";
export {
  type KeepRoute,
  type RouteChange,
  type RouteDifference,
  routeDifference,
} from "./client/route-difference.js";
export type {
  ChangeState,
  DeleteRouteResult,
  ManyOptions,
  RouteChangeResult,
  SetRouteResult,
} from "./client/route-result.js";
export type { SyncOptions, SyncReport } from "./client/sync-report.js";
export type { KeeperClock } from "./keeper/keeper-clock.js";
export type { KeptState } from "./keeper/kept-entry.js";
export type { KeptRoute } from "./keeper/kept-route.js";
export { RouteKeeper } from "./keeper/route-keeper.js";
export type { RouteClaim, RouteKeeperEvent } from "./keeper/route-keeper-event.js";
export type { KeepOptions, RouteKeeperOptions } from "./keeper/route-keeper-options.js";
