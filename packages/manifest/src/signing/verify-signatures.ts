import { verify } from "node:crypto";
import { ManifestError } from "../manifest-error.js";
import { readSignatureFile } from "./signature-file.js";
import { parseTrust, type Trust } from "./trust.js";

/**
 * Checks that enough of the trusted keys have signed exactly these bytes. Unknown keys and other algorithms than
 * Ed25519 never count, and each key counts once.
 *
 * @param bytes of manifest.json or keys.json, as they were fetched: they are not parsed.
 * @param signatureBytes of manifest.json.sig or keys.json.sig.
 * @returns the ids of the keys that have signed.
 * @throws `BAD_SIGNATURE`, `INVALID_ARGUMENT` (trust)
 */
export function verifySignatures(
  bytes: Uint8Array,
  signatureBytes: Uint8Array,
  trust: Trust,
): readonly string[] {
  const { keys, threshold } = parseTrust(trust);
  const signatures = signaturesOf(signatureBytes);
  const signers = keys.filter(({ keyId, key }) =>
    signatures.some((one) => one.keyId === keyId && verify(null, bytes, key, one.signature)),
  );
  if (signers.length < threshold) {
    throw new ManifestError(
      "BAD_SIGNATURE",
      `${signers.length} of the ${keys.length} trusted keys signed these bytes, and ${threshold} must`,
    );
  }
  return Object.freeze(signers.map(({ keyId }) => keyId));
}

function signaturesOf(bytes: Uint8Array): ReturnType<typeof readSignatureFile> {
  try {
    return readSignatureFile(bytes);
  } catch (cause) {
    throw new ManifestError("BAD_SIGNATURE", `no signatures: ${(cause as Error).message}`, {
      cause,
    });
  }
}
