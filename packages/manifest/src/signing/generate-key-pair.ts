import { generateKeyPairSync } from "node:crypto";
import { keyIdOf, publicKeyText } from "./public-key.js";

export interface KeyPair {
  /** By which signatures name the key: 16 hexadecimal digits. */
  readonly keyId: string;
  /** Base64 (SPKI): for the launcher to pin, see `Trust`. */
  readonly publicKey: string;
  /** PEM (PKCS #8), not encrypted: for the build server alone. */
  readonly privateKey: string;
}

/** Makes an Ed25519 key to sign updates with. */
export function generateKeyPair(): KeyPair {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const text = publicKeyText(publicKey);
  return Object.freeze({
    keyId: keyIdOf(Buffer.from(text, "base64")),
    publicKey: text,
    privateKey: privateKey.export({ format: "pem", type: "pkcs8" }).toString(),
  });
}
