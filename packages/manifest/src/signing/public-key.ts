import { createHash, createPublicKey, type KeyObject } from "node:crypto";
import { invalidArgument } from "../invalid-argument.js";

/** A key that may sign. */
export interface PublicKey {
  /** The first 16 hexadecimal digits of the SHA-256 digest of the key's 32 bytes. */
  readonly keyId: string;
  readonly key: KeyObject;
}

/** What stands before the 32 bytes of each Ed25519 key in DER. @see https://www.rfc-editor.org/rfc/rfc8410 */
const derHead = Buffer.from("302a300506032b6570032100", "hex");
const rawBytes = 32;

/**
 * Reads a public key as `generateKeyPair` gives it: base64 of its SPKI in DER. Nothing but Ed25519 has this form.
 *
 * @throws `INVALID_ARGUMENT` with the `field`
 */
export function parsePublicKey(text: string, field: string): PublicKey {
  // An editor adds a line feed to a key that is kept in a file.
  const base64 = typeof text === "string" ? text.trim() : "";
  const der = Buffer.from(base64, "base64");
  const right =
    der.length === derHead.length + rawBytes &&
    der.subarray(0, derHead.length).equals(derHead) &&
    // Buffer reads past what is no base64.
    der.toString("base64") === base64;
  if (!right) {
    throw invalidArgument(
      `invalid ${field}: must be an Ed25519 public key in base64 (SPKI)`,
      field,
    );
  }
  const key = createPublicKey({ key: der, format: "der", type: "spki" });
  return { keyId: keyIdOf(der), key };
}

/** A key's public part in base64. */
export function publicKeyText(key: KeyObject): string {
  return key.export({ format: "der", type: "spki" }).toString("base64");
}

/** @param der its SPKI. */
export function keyIdOf(der: Uint8Array): string {
  return createHash("sha256").update(der.subarray(-rawBytes)).digest("hex").slice(0, 16);
}
