import { RelayError } from "@potassium/core-types";
import { kindOf } from "../option/kind-of.js";
import type { KeepRoute } from "./route-difference.js";

/**
 * Asks `keep` about a route. Only `true` and `false` are answers: the promise of an async function would
 * keep every route, and a function that forgets to return would keep none.
 *
 * @throws {RelayError} `INVALID_ARGUMENT` with `keep` as its `field`.
 */
export function isKept(keep: KeepRoute, playerIp: string, backend: string): boolean {
  const answer: unknown = keep(playerIp, backend);
  if (typeof answer === "boolean") return answer;
  // What becomes of the promise is told here already.
  if (answer instanceof Promise) answer.catch(() => {});
  const message = `invalid keep: must answer true or false at once, not ${kindOf(answer)}, for ${playerIp}`;
  throw new RelayError("INVALID_ARGUMENT", message, { field: "keep" });
}
