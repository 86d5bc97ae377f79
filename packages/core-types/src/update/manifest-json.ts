import * as z from "zod/mini";
import { goNullable, goOptional } from "../json/go-optional.js";
import { jsonCodec } from "../json/json-codec.js";
import { entryFromWire, entryToWire, fileEntryWire } from "./file-entry-wire.js";
import type { LinkEntry } from "./link-entry.js";
import { Manifest } from "./manifest.js";
import { present } from "./present.js";

const linkEntryWire = () =>
  z.object({
    path: z.string(),
    action: z.string(),
    target: goOptional(z.string()),
    old_target: goOptional(z.string()),
  });

/** `Manifest` in the Go library's JSON, its fields in Go's order, ours after them. */
export const ManifestJson = jsonCodec({
  what: "manifest",
  wire: () =>
    z.object({
      from_version: z.string(),
      to_version: z.string(),
      created: z.string(),
      files: goNullable(z.array(fileEntryWire())),
      schema_version: goNullable(z.number()),
      product: goOptional(z.string()),
      platform: goOptional(z.string()),
      channel: goOptional(z.string()),
      sequence: goNullable(z.number()),
      expires: goOptional(z.string()),
      links: goNullable(z.array(linkEntryWire())),
      folders: goNullable(z.array(z.object({ path: z.string(), action: z.string() }))),
    }),
  value: Manifest,
  fromWire: (wire) => ({
    fromVersion: wire.from_version,
    toVersion: wire.to_version,
    created: wire.created,
    files: (wire.files ?? []).map(entryFromWire),
    schemaVersion: wire.schema_version,
    product: wire.product,
    platform: wire.platform,
    channel: wire.channel,
    sequence: wire.sequence,
    expires: wire.expires,
    links: wire.links?.map(linkFromWire),
    folders: wire.folders,
  }),
  toWire: (manifest) => ({
    from_version: manifest.fromVersion,
    to_version: manifest.toVersion,
    created: manifest.created,
    files: manifest.files.map(entryToWire),
    schema_version: manifest.schemaVersion,
    product: manifest.product,
    platform: manifest.platform,
    channel: manifest.channel,
    sequence: manifest.sequence,
    expires: manifest.expires,
    links: manifest.links?.map(linkToWire),
    folders: manifest.folders?.map(({ path, action }) => ({ path, action })),
  }),
});

function linkFromWire(wire: z.output<ReturnType<typeof linkEntryWire>>): unknown {
  const { path, action, target, old_target: oldTarget } = wire;
  return action === "delete" ? { action, path, oldTarget } : { action, path, target, oldTarget };
}

function linkToWire(entry: LinkEntry): Record<string, unknown> {
  return present({
    path: entry.path,
    action: entry.action,
    target: entry.action === "add" ? entry.target : undefined,
    old_target: entry.oldTarget,
  });
}
