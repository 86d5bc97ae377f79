import { type AbortOptions, optionNames, parseOptions } from "@potassium/core-types";
import { invalidArgument } from "../invalid-argument.js";
import { readToMemory } from "../source/read-to-memory.js";
import type { UpdateSource } from "../source/update-source.js";
import { maxKeysBytes, writeKeys } from "./keys-document.js";
import { rotateKeys } from "./rotate-keys.js";
import { maxSignatureFileBytes } from "./signature-file.js";
import { parseTrust, type Trust } from "./trust.js";

const names = optionNames<AbortOptions>({ signal: true });

/**
 * Reads `keys.json` and `keys.json.sig` from where they are published, and gives the trust that they put in the place of
 * the present one: see `rotateKeys`. Keep what it gives; where it came from the same list already, it is the
 * present one as it is. A launcher that missed a list needs the next one to be signed with its keys too.
 *
 * @throws `NOT_FOUND` where no list is published, `BAD_SIGNATURE`, `DOWNGRADE` (an older list), `INVALID_MANIFEST`,
 *   `TOO_LARGE`, `INVALID_ARGUMENT`, and what the source throws
 * @example
 * ```ts
 * const trust = await openKeys(httpSource("https://cdn.example/skywars/"), kept ?? pinned);
 * ```
 */
export async function openKeys(
  source: UpdateSource,
  trust: Trust,
  options: AbortOptions = {},
): Promise<Trust> {
  parseOptions(options, names, invalidArgument);
  parseTrust(trust);
  const { signal } = options;
  const keys = await readToMemory(source, "keys.json", { maxBytes: maxKeysBytes, signal });
  if (isFrom(keys, trust)) return trust;
  const maxBytes = maxSignatureFileBytes;
  const signatures = await readToMemory(source, "keys.json.sig", { maxBytes, signal });
  return rotateKeys(trust, keys, signatures);
}

/** The list that gave the present trust is signed by the keys before: those are trusted no longer. */
function isFrom(keysBytes: Uint8Array, { keys, threshold = 1, sequence }: Trust): boolean {
  if (sequence === undefined) return false;
  return Buffer.from(writeKeys({ keys, threshold, sequence })).equals(keysBytes);
}
