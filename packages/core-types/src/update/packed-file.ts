import * as z from "zod/mini";
import { RelativePath } from "./relative-path.js";
import { Sha256Hex } from "./sha256-hex.js";
import { SizeBytes } from "./size-bytes.js";

/** A whole file of the new version, shipped compressed. */
export const PackedFile = z.readonly(
  z.strictObject({
    /** Where the compressed bytes are, below the update's folder. */
    file: RelativePath,
    /** "br": Brotli, as `node:zlib` has it. */
    codec: z.enum(["br"]),
    /** Hash of the compressed bytes. */
    hash: Sha256Hex,
    /** How many compressed bytes there are. */
    size: SizeBytes,
  }),
);
export type PackedFile = z.infer<typeof PackedFile>;
