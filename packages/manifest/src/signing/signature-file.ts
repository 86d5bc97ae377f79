import { goJson } from "../document/go-json.js";
import { parseJson } from "../document/parse-json.js";

/** One signature of a signature file, as far as it is read. */
export interface FileSignature {
  readonly keyId: string;
  readonly signature: Uint8Array;
}

/** Bytes of a signature file. */
export const maxSignatureFileBytes = 64 * 1024;

const limits = { maxBytes: maxSignatureFileBytes, maxDepth: 8, maxContainers: 1024 };
const ed25519 = "ed25519";

export function writeSignatureFile(signatures: readonly FileSignature[]): Uint8Array {
  return goJson({
    signatures: signatures.map(({ keyId, signature }) => ({
      key_id: keyId,
      algorithm: ed25519,
      signature: Buffer.from(signature).toString("base64"),
    })),
  });
}

/**
 * The Ed25519 signatures of a signature file. Those of other algorithms, and what is none, are left out:
 * they can't count.
 *
 * @throws `INVALID_MANIFEST`, `TOO_LARGE` where the file as a whole can't be read
 */
export function readSignatureFile(bytes: Uint8Array): readonly FileSignature[] {
  const { signatures } = record(parseJson(bytes, "signature file", limits));
  if (!Array.isArray(signatures)) return [];
  return signatures.flatMap((entry) => {
    const { key_id: keyId, algorithm, signature } = record(entry);
    if (algorithm !== ed25519 || typeof keyId !== "string" || typeof signature !== "string") {
      return [];
    }
    return [{ keyId, signature: Buffer.from(signature, "base64") }];
  });
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
