import { ManifestError } from "../manifest-error.js";
import { readKeys } from "./keys-document.js";
import { parseTrust, type Trust } from "./trust.js";
import { verifySignatures } from "./verify-signatures.js";

/**
 * The trust that a keys document puts in the place of the present one, which must have signed it. Keep what it
 * gives: an older document is refused only by the sequence of the kept one. Keys of which the document does not
 * tell are trusted no longer.
 *
 * @param keysBytes of keys.json.
 * @param signatureBytes of keys.json.sig.
 * @throws `BAD_SIGNATURE`, `DOWNGRADE` (its sequence is not above the present one), `INVALID_MANIFEST`, `TOO_LARGE`,
 *   `INVALID_ARGUMENT` (trust)
 */
export function rotateKeys(trust: Trust, keysBytes: Uint8Array, signatureBytes: Uint8Array): Trust {
  verifySignatures(keysBytes, signatureBytes, trust);
  const { keys, threshold, sequence } = readKeys(keysBytes);
  const present = parseTrust(trust).sequence;
  if (sequence <= present) {
    const message = `the keys document has sequence ${sequence}, which is not above ${present}`;
    throw new ManifestError("DOWNGRADE", message, { field: "sequence" });
  }
  return Object.freeze({ keys, threshold, sequence });
}
