import type { Lease } from "@potassium/core-types";
import type { PlaceName } from "./places.js";

const lines = /^(held|confirmed) (\d+) \d{14} \d{10} (\d+) (\d+) \d+\n([^\n]*)\n([^\n]*)\n/;

/**
 * A lease as the scripts keep it.
 *
 * @throws where the text is none.
 */
export function readLease(id: string, text: string): Lease {
  const [, state, fencingToken, seats, expiresAtMs, name = "", party = ""] = lines.exec(text) ?? [];
  if (state !== "held" && state !== "confirmed") throw new TypeError("it has no first line");
  const { serverId, matchId } = JSON.parse(name) as PlaceName;
  return Object.freeze({
    id,
    fencingToken: Number(fencingToken),
    state,
    serverId,
    ...(matchId === undefined ? {} : { matchId }),
    seats: Number(seats),
    party: Object.freeze(JSON.parse(party) as string[]),
    expiresAtMs: Number(expiresAtMs),
  });
}
