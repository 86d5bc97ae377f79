import * as z from "zod/mini";
import { goNullable, goOptional } from "../json/go-optional.js";
import type { FileEntry } from "./file-entry.js";
import { present } from "./present.js";

/** An entry of a manifest in JSON: the Go library's fields, then ours. There 0 and false say something. */
export const fileEntryWire = () =>
  z.object({
    path: z.string(),
    action: z.string(),
    old_hash: goOptional(z.string()),
    new_hash: goOptional(z.string()),
    patch_file: goOptional(z.string()),
    algorithm: goOptional(z.string()),
    old_size: goNullable(z.number()),
    new_size: goNullable(z.number()),
    executable: goNullable(z.boolean()),
    file: goOptional(z.string()),
    copy_from: goOptional(z.string()),
    packed: goNullable(
      z.object({ file: z.string(), codec: z.string(), hash: z.string(), size: z.number() }),
    ),
    patch_hash: goOptional(z.string()),
    patch_size: goNullable(z.number()),
  });

/** Fields that are undefined stay: the codec drops them. Nothing is spread, which would take most of a codec's time. */
export function entryFromWire(wire: z.output<ReturnType<typeof fileEntryWire>>): unknown {
  const { path, action } = wire;
  if (action === "delete") {
    return { action, path, oldHash: wire.old_hash, oldSize: wire.old_size };
  }
  const patched = action === "add" ? undefined : wire;
  return {
    action,
    path,
    oldHash: wire.old_hash,
    newHash: wire.new_hash,
    oldSize: wire.old_size,
    newSize: wire.new_size,
    executable: wire.executable,
    file: wire.file,
    copyFrom: patched === undefined ? wire.copy_from : undefined,
    packed: wire.packed,
    patchFile: patched?.patch_file,
    algorithm: patched?.algorithm,
    patchHash: patched?.patch_hash,
    patchSize: patched?.patch_size,
  };
}

export function entryToWire(entry: FileEntry): Record<string, unknown> {
  const made = entry.action === "delete" ? undefined : entry;
  const patched = entry.action === "patch" ? entry : undefined;
  const { packed } = made ?? {};
  return present({
    path: entry.path,
    action: entry.action,
    old_hash: entry.oldHash,
    new_hash: made?.newHash,
    patch_file: patched?.patchFile,
    algorithm: patched?.algorithm,
    old_size: entry.oldSize,
    new_size: made?.newSize,
    executable: made?.executable,
    file: made?.file,
    copy_from: entry.action === "add" ? entry.copyFrom : undefined,
    packed: packed && {
      file: packed.file,
      codec: packed.codec,
      hash: packed.hash,
      size: packed.size,
    },
    patch_hash: patched?.patchHash,
    patch_size: patched?.patchSize,
  });
}
