import * as z from "zod/mini";

/** A SHA-256 digest, 64 hexadecimal digits in lower case. */
export const Sha256Hex = z
  .string()
  .check(
    z.regex(/^[0-9a-fA-F]{64}$/, "must be a SHA-256 digest of 64 hexadecimal digits"),
    z.toLowerCase(),
  );
export type Sha256Hex = z.infer<typeof Sha256Hex>;
