import { corruptPatch } from "../corrupt-patch.js";
import { readOfft } from "../offt.js";

/**
 * Reads a length of a bsdiff header.
 *
 * @throws `CORRUPT_PATCH` for one below 0 or over 2^53 - 1
 */
export function readLength(bytes: Uint8Array, at: number, what: string): number {
  const value = readOfft(bytes, at);
  if (value >= 0) return value;
  const problem = Number.isNaN(value) ? "beyond 2^53 - 1" : `${value}, below 0`;
  throw corruptPatch("header", `the ${what} is ${problem}`, at);
}
