import * as z from "zod";

/** A SHA-256 digest, 64 hexadecimal digits in lower case. */
export const Sha256Hex = z
  .string()
  .regex(/^[0-9a-fA-F]{64}$/, "must be a SHA-256 digest of 64 hexadecimal digits")
  .transform((text) => text.toLowerCase());
export type Sha256Hex = z.infer<typeof Sha256Hex>;
