import { goJson } from "../document/go-json.js";
import { parseJson } from "../document/parse-json.js";
import { invalidArgument } from "../invalid-argument.js";
import { ManifestError } from "../manifest-error.js";
import { parseTrust, type Trust } from "./trust.js";

/** The keys that take the place of those that were trusted before. */
export interface NewKeys {
  readonly keys: readonly string[];
  readonly threshold: number;
  /** Grows with each change of keys. */
  readonly sequence: number;
}

export const maxKeysBytes = 64 * 1024;

const limits = { maxBytes: maxKeysBytes, maxDepth: 2, maxContainers: 2 };

/**
 * The bytes of keys.json, to be signed with the threshold of the keys that were trusted before.
 *
 * @throws `INVALID_ARGUMENT`
 */
export function writeKeys(keys: NewKeys): Uint8Array {
  const { sequence, threshold } = parseTrust(keys, "keys");
  if (sequence < 0) throw invalidArgument("invalid keys: sequence: is missing", "keys.sequence");
  return goJson({ sequence, threshold, keys: keys.keys });
}

/**
 * Reads keys.json, strictly: nothing else that was signed with these keys, as a manifest is, can pass for it.
 *
 * @throws `INVALID_MANIFEST`, `TOO_LARGE`
 */
export function readKeys(bytes: Uint8Array): NewKeys {
  const json = parseJson(bytes, "keys document", limits);
  try {
    const { sequence, threshold } = parseTrust(json as Trust, "keys document");
    const { keys, threshold: given } = json as NewKeys;
    if (sequence < 0 || given === undefined) {
      throw invalidArgument(
        "invalid keys document: sequence or threshold is missing",
        "keys document",
      );
    }
    return { keys: Object.freeze([...keys]), threshold, sequence };
  } catch (cause) {
    if (!(cause instanceof ManifestError)) throw cause;
    const { message, field } = cause;
    throw new ManifestError("INVALID_MANIFEST", message, { field, cause });
  }
}
