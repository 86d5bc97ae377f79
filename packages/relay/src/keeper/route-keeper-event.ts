/** One owner's wish, as events and `get` show it. */
export interface RouteClaim {
  /** Left out where `set` was given none. */
  readonly owner?: string;
  readonly backend: string;
}

/** What a keeper has to tell. */
export type RouteKeeperEvent =
  /** Players with different owners want different backends for one address. The latest claim counts. */
  | {
      readonly type: "owners-conflict";
      readonly playerIp: string;
      /** The claim that counts now. */
      readonly claim: RouteClaim;
      /** The claims that don't. */
      readonly others: readonly RouteClaim[];
    }
  /** Somebody else changed a route on the relay. It is set again. */
  | {
      readonly type: "changed-elsewhere";
      readonly playerIp: string;
      readonly backend: string;
      /** What the relay had. */
      readonly found: string;
    }
  /** The relay no longer had these routes. They are set again. */
  | {
      readonly type: "routes-lost";
      readonly playerIps: readonly string[];
      /** Whether it had none of the keeper's routes: it has restarted, most likely. */
      readonly all: boolean;
    }
  /** The relay refuses a route: `INVALID_BACKEND`, say. It is tried again with each look, and told once. */
  | {
      readonly type: "refused";
      readonly playerIp: string;
      /** Left out where it refused to delete the route. */
      readonly backend?: string;
      readonly error: unknown;
    }
  /** The relay can't be used: `UNAVAILABLE`, `TIMEOUT`, `UNAUTHORIZED` … Told once, until it is back. */
  | { readonly type: "unavailable"; readonly error: unknown }
  /** The relay is back. What it lacks is set again. */
  | { readonly type: "available" }
  /** A claim was not renewed in time. */
  | { readonly type: "expired"; readonly playerIp: string; readonly claim: RouteClaim };
