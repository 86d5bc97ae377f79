import { type LobbyRequest, RegistryError, type SeatRequest } from "@potassium/core-types";
import { canonical } from "./canonical.js";

const fields = ["mode", "seats", "party", "ttlMs", "order", "where"] as const;

/**
 * What a parsed claim asks for, a text for each part. Two that ask for the same have the same texts; so an idempotency key that comes back
 * with another belongs to another claim. The order of the party is nobody's wish.
 */
export function requestParts(
  request: SeatRequest | LobbyRequest,
  of: "match" | "lobby",
): readonly string[] {
  const { party } = request;
  const asked = party.length < 2 ? request : { ...request, party: [...party].sort() };
  return [of, ...fields.map((field) => JSON.stringify(canonical(asked[field])) ?? "")];
}

/**
 * The error for a key that belongs to another claim; it names what differs.
 *
 * @param known the parts of that claim, and `given` those of this one, or digests of both.
 */
export function keyOfAnother(
  key: string,
  known: readonly string[],
  given: readonly string[],
): RegistryError {
  const names = ["kind", ...fields];
  const differing = names.filter((_, index) => known[index] !== given[index]);
  const what = known.length === names.length ? ` with another ${differing.join(", ")}` : "";
  const message = `idempotency key ${JSON.stringify(key)} belongs to another claim${what}: repeat the whole request, or take another key`;
  return new RegistryError("CONFLICT", message, { field: "idempotencyKey" });
}
