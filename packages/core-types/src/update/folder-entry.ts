import * as z from "zod/mini";
import { RelativePath } from "./relative-path.js";

/**
 * What an update does to one folder: "add" for an empty one, as the folders of files need no entry;
 * "delete" for one that the new version does not have, which goes only when nothing is left in it.
 */
export const FolderEntry = z.readonly(
  z.strictObject({ action: z.enum(["add", "delete"]), path: RelativePath }),
);
export type FolderEntry = z.infer<typeof FolderEntry>;
