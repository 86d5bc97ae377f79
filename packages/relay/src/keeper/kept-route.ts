import type { KeptEntry, KeptState } from "./kept-entry.js";
import type { Claim } from "./route-claims.js";
import type { RouteClaim } from "./route-keeper-event.js";

/** A route as a keeper holds it: a frozen snapshot. */
export interface KeptRoute {
  readonly playerIp: string;
  readonly backend: string;
  /** `pending`: on its way to the relay. `refused`: the relay won't have it, see `error`. */
  readonly state: KeptState;
  /** Why the relay refused it. */
  readonly error?: unknown;
  /** What each owner wants; the last of them counts. */
  readonly claims: readonly RouteClaim[];
}

/** @returns `undefined` where no route is wanted. */
export function keptRoute(entry: KeptEntry): KeptRoute | undefined {
  const { playerIp, wanted: backend, state, refusal } = entry;
  if (backend === undefined) return undefined;
  const claims = Object.freeze(entry.claims.list().map(routeClaim));
  const error = state === "refused" ? { error: refusal } : {};
  return Object.freeze({ playerIp, backend, state, ...error, claims });
}

export function routeClaim({ owner, backend }: Claim): RouteClaim {
  return Object.freeze({ ...(owner === undefined ? {} : { owner }), backend });
}
