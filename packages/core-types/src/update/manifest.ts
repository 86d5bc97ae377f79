import * as z from "zod/mini";
import { goNullable, goOptional } from "../json/go-optional.js";
import { jsonCodec } from "../json/json-codec.js";
import { Timestamp } from "../json/timestamp.js";
import { FileEntry } from "./file-entry.js";

/** What turns one version of a game's files into another. */
export const Manifest = z.readonly(
  z.strictObject({
    fromVersion: z.string(),
    toVersion: z.string(),
    created: Timestamp,
    files: z.readonly(z.array(FileEntry)),
  }),
);
export type Manifest = z.infer<typeof Manifest>;

const fileEntryWire = () =>
  z.object({
    path: z.string(),
    action: z.string(),
    old_hash: goOptional(z.string()),
    new_hash: goOptional(z.string()),
    patch_file: goOptional(z.string()),
    algorithm: goOptional(z.string()),
  });

/** `Manifest` in the Go library's JSON, its fields in Go's order. */
export const ManifestJson = jsonCodec({
  what: "manifest",
  wire: () =>
    z.object({
      from_version: z.string(),
      to_version: z.string(),
      created: z.string(),
      files: goNullable(z.array(fileEntryWire())),
    }),
  value: Manifest,
  fromWire: (wire) => ({
    fromVersion: wire.from_version,
    toVersion: wire.to_version,
    created: wire.created,
    files: (wire.files ?? []).map(entryFromWire),
  }),
  toWire: (manifest) => ({
    from_version: manifest.fromVersion,
    to_version: manifest.toVersion,
    created: manifest.created,
    files: manifest.files.map(entryToWire),
  }),
});

function entryFromWire(wire: z.output<ReturnType<typeof fileEntryWire>>): unknown {
  const { path, action, old_hash: oldHash, new_hash: newHash } = wire;
  const entry = { path, action, ...(oldHash === undefined ? {} : { oldHash }) };
  if (action === "delete") return entry;
  if (action === "add") return { ...entry, newHash };
  return { ...entry, newHash, patchFile: wire.patch_file, algorithm: wire.algorithm };
}

function entryToWire(entry: FileEntry): Record<string, string> {
  const wire: Record<string, string | undefined> = {
    path: entry.path,
    action: entry.action,
    old_hash: entry.oldHash,
    new_hash: entry.action === "delete" ? undefined : entry.newHash,
    patch_file: entry.action === "patch" ? entry.patchFile : undefined,
    algorithm: entry.action === "patch" ? entry.algorithm : undefined,
  };
  const given = Object.entries(wire).filter(
    (field): field is [string, string] => field[1] !== undefined,
  );
  return Object.fromEntries(given);
}
