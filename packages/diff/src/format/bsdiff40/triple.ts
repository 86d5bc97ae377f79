import { corruptPatch } from "../corrupt-patch.js";
import { offtBytes, readOfft } from "../offt.js";

/** Bytes of one triple of integers of a control block. */
export const tripleBytes = 3 * offtBytes;

/**
 * How many triples that make nothing (legal, and few in real patches) may be more than the bytes made
 * so far: a patch of 50 bytes can hold a million of them.
 */
export const spareSeeks = 65_536;

/** The most bytes that a control block can expand to. */
export const maxControlBytes = (newBytes: number): number =>
  Math.min(tripleBytes * (2 * newBytes + spareSeeks + 1), Number.MAX_SAFE_INTEGER);

/** One step of a bsdiff patch: `x` bytes of old plus differences, `y` extra bytes, `z` on in old. */
export interface Triple {
  x: number;
  y: number;
  /** `NaN` where it is beyond 2^53 - 1; the last one of a patch is never used. */
  z: number;
}

/**
 * Reads a triple that can be carried out.
 *
 * @param left - Bytes of the new file that are not made yet.
 * @param at - The place in the patch file, for an error.
 * @throws `CORRUPT_PATCH`
 */
export function readTriple(bytes: Uint8Array, start: number, left: number, at: number): Triple {
  const x = readOfft(bytes, start);
  const y = readOfft(bytes, start + offtBytes);
  // CVE-2014-9862: a length below 0. CVE-2020-14315: two lengths whose sum is too large to hold.
  if (!(x >= 0 && x <= left)) throw lengthProblem("diff", x, left, at);
  if (!(y >= 0 && y <= left - x)) throw lengthProblem("extra", y, left - x, at);
  return { x, y, z: readOfft(bytes, start + 2 * offtBytes) };
}

function lengthProblem(what: string, length: number, left: number, at: number): Error {
  const shown = Number.isNaN(length) ? "beyond 2^53 - 1" : String(length);
  const problem = `a triple's ${what} length is ${shown}, with ${left} bytes to make`;
  return corruptPatch("control block", problem, at);
}
