import { createPrivateKey, createPublicKey, type KeyObject, sign } from "node:crypto";
import { invalidArgument } from "../invalid-argument.js";
import { keyIdOf, publicKeyText } from "./public-key.js";
import { writeSignatureFile } from "./signature-file.js";

/**
 * Signs the exact bytes of manifest.json, or of keys.json.
 *
 * @param privateKeys PEM (PKCS #8) of Ed25519 keys, each once.
 * @returns the bytes of manifest.json.sig.
 * @throws `INVALID_ARGUMENT`
 * @example
 * ```ts
 * const signatures = signManifest(await readFile("manifest.json"), [privateKey]);
 * await writeFile("manifest.json.sig", signatures);
 * ```
 */
export function signManifest(bytes: Uint8Array, privateKeys: readonly string[]): Uint8Array {
  if (!(bytes instanceof Uint8Array)) throw invalidArgument("what is signed are bytes", "bytes");
  if (!Array.isArray(privateKeys) || privateKeys.length === 0) {
    throw invalidArgument("at least one private key is needed to sign", "privateKeys");
  }
  const keys = new Map(privateKeys.map((pem, index) => signingKey(pem, `privateKeys[${index}]`)));
  if (keys.size < privateKeys.length) {
    throw invalidArgument("a key can sign only once: one is given twice", "privateKeys");
  }
  return writeSignatureFile(
    [...keys].map(([keyId, key]) => ({ keyId, signature: sign(null, bytes, key) })),
  );
}

function signingKey(pem: string, field: string): readonly [keyId: string, key: KeyObject] {
  const key = parsePrivateKey(pem);
  if (key?.asymmetricKeyType !== "ed25519") {
    // Not with the cause, which may hold a part of the key.
    throw invalidArgument(`invalid ${field}: must be an Ed25519 private key in PEM`, field);
  }
  return [keyIdOf(Buffer.from(publicKeyText(createPublicKey(key)), "base64")), key];
}

function parsePrivateKey(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey({ key: pem, format: "pem" });
  } catch {
    return undefined;
  }
}
