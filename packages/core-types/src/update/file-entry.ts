import * as z from "zod/mini";
import { RelativePath } from "./relative-path.js";
import { Sha256Hex } from "./sha256-hex.js";

/** What an update does to one file. */
export const FileEntry = z.discriminatedUnion("action", [
  /** A new file, or a whole one in the place of another. */
  z.readonly(
    z.strictObject({
      action: z.literal("add"),
      path: RelativePath,
      newHash: Sha256Hex,
      /** Hash of the file that it takes the place of. */
      oldHash: z.optional(Sha256Hex),
    }),
  ),
  /** The old file and a patch make the new one. */
  z.readonly(
    z.strictObject({
      action: z.literal("patch"),
      path: RelativePath,
      oldHash: Sha256Hex,
      newHash: Sha256Hex,
      /** Where the patch is, below the update's folder. */
      patchFile: RelativePath,
      /** Which `PatchEngine` applies it: "bsdiff", "hdiff". */
      algorithm: z.string().check(z.minLength(1)),
    }),
  ),
  z.readonly(
    z.strictObject({
      action: z.literal("delete"),
      path: RelativePath,
      /** Hash of the file to delete; another file at this path is kept. */
      oldHash: z.optional(Sha256Hex),
    }),
  ),
]);
export type FileEntry = z.infer<typeof FileEntry>;
