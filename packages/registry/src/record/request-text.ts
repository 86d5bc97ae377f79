import type { LobbyRequest, SeatRequest } from "@potassium/core-types";

/**
 * A parsed claim as text. Two that ask for the same have the same text, in whatever order their fields stand; so an
 * idempotency key that comes back with another text belongs to another claim.
 */
export function requestText(request: SeatRequest | LobbyRequest, of: "match" | "lobby"): string {
  return JSON.stringify([of, sorted(request)]);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  // Pairs and not an object, in which number-like keys would move to the front.
  return Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]) => [key, sorted(item)]);
}
