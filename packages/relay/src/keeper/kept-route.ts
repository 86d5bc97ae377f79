import type { KeptEntry, KeptState } from "./kept-entry.js";
import type { Claim } from "./route-claims.js";
import type { RouteClaim } from "./route-keeper-event.js";

/** A route as a keeper holds it: a frozen snapshot. */
export interface KeptRoute {
  readonly playerIp: string;
  readonly backend: string;
  /** `pending`: on its way to the relay. `refused`: the relay won't have it, see `error`. */
  readonly state: KeptState;
  /** Why the relay refused it or, of a pending one, why the relay can't be used. */
  readonly error?: unknown;
  /** What each owner wants, the oldest wish first; the last of them counts. */
  readonly claims: readonly RouteClaim[];
}

/**
 * @param trouble why the relay can't be used, if so.
 * @returns `undefined` where no route is wanted.
 */
export function keptRoute(entry: KeptEntry, trouble?: unknown): KeptRoute | undefined {
  const { playerIp, wanted: backend, state, refusal } = entry;
  if (backend === undefined) return undefined;
  const claims = Object.freeze(entry.claims.list().map(routeClaim));
  const error = { applied: undefined, refused: refusal, pending: trouble }[state];
  const why = error === undefined ? {} : { error };
  return Object.freeze({ playerIp, backend, state, ...why, claims });
}

export function routeClaim({ owner, backend }: Claim): RouteClaim {
  return Object.freeze({ ...(owner === undefined ? {} : { owner }), backend });
}
