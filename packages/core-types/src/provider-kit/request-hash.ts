import { createHash } from "node:crypto";
import type { AllocateRequest } from "../provider/allocate-request.js";

/**
 * A fingerprint of a parsed request: SHA-256 in hexadecimal of its JSON with sorted keys. Two requests
 * that say the same have the same one, in whatever order their fields stand; so an idempotency key
 * that comes back with another fingerprint belongs to another request.
 */
export function requestHash(request: AllocateRequest): string {
  return createHash("sha256")
    .update(JSON.stringify(sorted(request)))
    .digest("hex");
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
