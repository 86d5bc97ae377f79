import * as z from "zod/mini";
import { PackedFile } from "./packed-file.js";
import { RelativePath } from "./relative-path.js";
import { Sha256Hex } from "./sha256-hex.js";
import { SizeBytes } from "./size-bytes.js";

/** What every file of the new version may say. */
const newFile = {
  path: RelativePath,
  newHash: Sha256Hex,
  oldSize: z.optional(SizeBytes),
  newSize: z.optional(SizeBytes),
  /** Whether it may be run. Left out: the old file's bit stays, a new file has none. */
  executable: z.optional(z.boolean()),
  /**
   * Where the whole file is shipped, below the update's folder. Left out of an "add" that has neither
   * `copyFrom` nor `packed`: `new/<path>`. Left out elsewhere: it isn't shipped.
   */
  file: z.optional(RelativePath),
  packed: z.optional(PackedFile),
};

/** What an update does to one file. Sizes are in bytes. */
export const FileEntry = z.discriminatedUnion("action", [
  /** A new file, or a whole one in the place of another. */
  z.readonly(
    z.strictObject({
      action: z.literal("add"),
      ...newFile,
      /** Hash of the file that it takes the place of. */
      oldHash: z.optional(Sha256Hex),
      /** The path in the old version of a file with the same content: moves, copies, a changed `executable`. */
      copyFrom: z.optional(RelativePath),
    }),
  ),
  /** The old file and a patch make the new one. */
  z.readonly(
    z.strictObject({
      action: z.literal("patch"),
      ...newFile,
      oldHash: Sha256Hex,
      /** Where the patch is, below the update's folder. */
      patchFile: RelativePath,
      /** Which `PatchEngine` applies it: "bsdiff", "hdiff". */
      algorithm: z.string().check(z.minLength(1)),
      patchHash: z.optional(Sha256Hex),
      patchSize: z.optional(SizeBytes),
    }),
  ),
  z.readonly(
    z.strictObject({
      action: z.literal("delete"),
      path: RelativePath,
      /** Hash of the file to delete; another file at this path is kept. */
      oldHash: z.optional(Sha256Hex),
      oldSize: z.optional(SizeBytes),
    }),
  ),
]);
export type FileEntry = z.infer<typeof FileEntry>;
