import { RelayError, type RelayRoutes } from "@potassium/core-types";
import { kindOf } from "../option/kind-of.js";

/** What a keeper calls. */
const called = ["setRoute", "deleteRoute", "listRoutes", "health"] as const;

/**
 * The relay of a keeper. Anything else would fail only later, at each look, and be told as if the relay
 * were away.
 *
 * @throws {RelayError} `INVALID_ARGUMENT` with `relay` as its `field`.
 */
export function checkedRelay(relay: RelayRoutes): RelayRoutes {
  const given = Object(relay) as Partial<RelayRoutes>;
  const missing = called.find((name) => typeof given[name] !== "function");
  if (missing === undefined) return relay;
  const kind = kindOf(relay);
  const hint = typeof relay === "object" && relay !== null ? ` without ${missing}()` : "";
  const message = `invalid relay: must be a RelayClient or another RelayRoutes, not ${kind}${hint}; make one with new RelayClient(url)`;
  throw new RelayError("INVALID_ARGUMENT", message, { field: "relay" });
}
