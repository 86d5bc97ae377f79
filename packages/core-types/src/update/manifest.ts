import * as z from "zod/mini";
import { Identifier } from "../json/identifier.js";
import { Timestamp } from "../json/timestamp.js";
import { FileEntry } from "./file-entry.js";
import { FolderEntry } from "./folder-entry.js";
import { LinkEntry } from "./link-entry.js";

/** What turns one version of a game's files into another. */
export const Manifest = z.readonly(
  z.strictObject({
    /** "" for a full manifest, which lists every file of the version as "add". */
    fromVersion: z.string(),
    toVersion: z.string(),
    created: Timestamp,
    files: z.readonly(z.array(FileEntry)),
    /** Version of this format. Left out: the Go library's. */
    schemaVersion: z.optional(z.literal(1)),
    /** Whose update this is: an applier that expects another refuses it. */
    product: z.optional(Identifier),
    /** Which systems it is for: "windows-x64". */
    platform: z.optional(Identifier),
    /** "stable", "beta". */
    channel: z.optional(Identifier),
    /** Grows with every release of a channel, so that an old release can't pass for a new one. */
    sequence: z.optional(z.int().check(z.minimum(0))),
    /** From this moment on the manifest is stale. */
    expires: z.optional(Timestamp),
    links: z.optional(z.readonly(z.array(LinkEntry))),
    folders: z.optional(z.readonly(z.array(FolderEntry))),
  }),
);
export type Manifest = z.infer<typeof Manifest>;
